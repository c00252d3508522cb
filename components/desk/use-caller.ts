import { useEffect, useState } from "react";
import { later } from "@/lib/call/later";
import { unlessOffline } from "@/lib/call/unless-offline";
import type { CallerShown } from "@/lib/desk/show-caller";

export type CallerLook = { phase: "looking" } | { phase: "failed" } | { phase: "shown"; shown: CallerShown };

/** Who is calling: asked once for each call that comes to this desk, and again when asked to. Each look is written to the audit. */
export function useCaller(contactId: string | null): { look: CallerLook; again: () => void } {
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ contactId: string; look: CallerLook } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is what asks again
  useEffect(() => {
    if (contactId === null) return;
    const over = new AbortController();
    void askFor(contactId, over.signal).then((look) => {
      if (!over.signal.aborted) setAnswer({ contactId, look });
    });
    return () => over.abort();
  }, [contactId, tries]);
  // What is known of one caller never stands beside another.
  const look: CallerLook = answer && answer.contactId === contactId ? answer.look : { phase: "looking" };
  return {
    look,
    again() {
      setAnswer(null);
      setTries((before) => before + 1);
    },
  };
}

/** A contact centre may know a second later than its panel what is at a desk. */
const lateMs = 1_000;
const lateTries = 3;

async function askFor(contactId: string, over: AbortSignal): Promise<CallerLook> {
  const ask = () =>
    unlessOffline(fetch(`/api/desk/contacts/${encodeURIComponent(contactId)}`, { cache: "no-store" }));
  let response = await ask();
  for (let tries = 0; tries < lateTries && response?.status === 409 && !over.aborted; tries++) {
    await new Promise<void>((resolve) => later(lateMs, resolve));
    response = await ask();
  }
  const shown = response?.ok ? await unlessOffline<CallerShown>(response.json()) : null;
  return shown ? { phase: "shown", shown } : { phase: "failed" };
}
