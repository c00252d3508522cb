import { useEffect } from "react";
import { type CallState, isInside } from "@/lib/call/call-state";
import { otherParty } from "@/lib/call/other-party";
import { afterWords, callWords } from "../messages/call-words";

/** The tab's words, never a name; a number in front while somebody waits for this clinician. */
export function usePageTitle(state: CallState): void {
  const title = `${wordsOf(state)} · Vouchsafe`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function wordsOf(state: CallState): string {
  if (state.phase === "ended") return afterWords.title(state.reason);
  if (!isInside(state) || state.phase === "connecting") return callWords.joining;
  if (state.phase === "waiting") return callWords.titles.waiting;
  const waiting = state.seat.party === "clinician" ? otherParty(state).waiting.length : 0;
  return waiting > 0 ? callWords.titles.somebodyWaits(waiting) : callWords.titles.live;
}
