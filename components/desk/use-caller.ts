import { useEffect, useState } from "react";
import { later } from "@/lib/call/later";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { CallerShown } from "@/lib/desk/show-caller";

export type CallerLook = { phase: "looking" } | { phase: "failed" } | { phase: "shown"; shown: CallerShown };

type Asked = { contactId: string; video: boolean };

/**
 * Who is calling: asked once for each call that comes to this desk, and again when asked to. Each look is written to the audit.
 * @param arrival which of the calls that came here it is: one that comes back is asked about anew.
 */
export function useCaller(contact: Asked | null, arrival: number): { look: CallerLook; again: () => void } {
  const contactId = contact?.contactId ?? null;
  const video = contact?.video ?? false;
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ arrival: number; look: CallerLook } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is what asks again
  useEffect(() => {
    if (contactId === null) return;
    const over = new AbortController();
    void askFor({ contactId, video }, over.signal).then((look) => {
      if (!over.signal.aborted) setAnswer({ arrival, look });
    });
    return () => over.abort();
  }, [contactId, arrival, video, tries]);
  // What is known of one caller never stands beside another.
  const look: CallerLook =
    answer && contactId !== null && answer.arrival === arrival ? answer.look : { phase: "looking" };
  return {
    look,
    again() {
      setAnswer(null);
      setTries((before) => before + 1);
    },
  };
}

/** A contact centre may know a second later than its panel what is at a desk; and a visit's contact rings while its visit is still being written. */
const lateMs = 1_000;
const lateTries = 4;

async function askFor({ contactId, video }: Asked, over: AbortSignal): Promise<CallerLook> {
  for (let tries = 0; ; tries++) {
    const response = await unlessOffline(
      fetch(`/api/desk/contacts/${encodeURIComponent(contactId)}`, { cache: "no-store" }),
    );
    const shown = response?.ok ? await unlessOffline<CallerShown>(response.json()) : null;
    // Only visits have video, and who is in one is always known.
    const isEarly = shown ? video && shown.caller.kind === "unknown" : response?.status === 409;
    if (!isEarly || tries === lateTries || over.aborted)
      return shown ? { phase: "shown", shown } : { phase: "failed" };
    await new Promise<void>((resolve) => later(lateMs, resolve));
  }
}
