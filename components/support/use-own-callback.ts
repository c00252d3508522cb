import { useEffect, useState } from "react";
import { later } from "@/lib/call/later";
import { type CallbackAnswer, callbackDoors } from "@/lib/call/support/callback-doors";
import type { CallTopic } from "@/lib/kernel/call-topic";
import type { OwnCallbacks } from "@/lib/support-calls/own-callback";

export type OwnCallbackHere = {
  now: OwnCallbacks;
  busy: boolean;
  /** Why the last press did nothing. */
  refused: string | null;
  /** @returns whether it is asked for. */
  ask(when: string, topic: CallTopic | null): Promise<boolean>;
  cancel(): Promise<boolean>;
  /** An agent is calling, and they can't pick up now. */
  putOff(): Promise<boolean>;
};

const none: OwnCallbacks = { open: null, last: null, number: null };

/** A customer's own callback on this page; null: their record is not known. As the server wrote it, then as every other window and every desk changes it. */
export function useOwnCallback(written: OwnCallbacks | null): OwnCallbackHere {
  const [now, setNow] = useState(written ?? none);
  const isKnown = written !== null;
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [doors] = useState(() =>
    callbackDoors({
      openEvents: (url) => new EventSource(url),
      fetch: (...request) => fetch(...request),
      after: later,
    }),
  );
  useEffect(() => {
    if (written) setNow(written);
  }, [written]);
  useEffect(() => (isKnown ? doors.follow(setNow) : undefined), [doors, isKnown]);
  async function press(answering: Promise<CallbackAnswer>): Promise<boolean> {
    setBusy(true);
    const answer = await answering;
    setBusy(false);
    setRefused(answer.ok ? null : answer.code);
    if (answer.ok) setNow(answer.now);
    return answer.ok;
  }
  return {
    now,
    busy,
    refused,
    ask: (when, topic) => press(doors.ask(when, topic)),
    cancel: () => press(doors.cancel()),
    putOff: () => press(doors.putOff()),
  };
}
