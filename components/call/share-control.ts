import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import { mayShare, sharer } from "@/lib/call/reduce-share";
import { shareWords } from "../messages/call-words";

/** Phones have no way to show their screen from a page: there the button is absent. */
const canShare = () => typeof navigator.mediaDevices?.getDisplayMedia === "function";

/** What the button for sharing says and does just now; null where there is none. */
export function shareControl(
  state: Inside,
  call: Call,
): { word: string; on: boolean; press: () => void } | null {
  if (!canShare()) return null;
  const who = sharer(state);
  if (who === "me") return { word: shareWords.stop, on: true, press: call.stopSharing };
  // One screen at a time: while somebody else's is up there is nothing to press, and it says whose it is.
  if (who !== null || state.phase !== "live") return null;
  // Who listens only, a student, shows nothing either.
  if (state.live?.you.maySpeak === false) return null;
  return mayShare(state)
    ? { word: shareWords.share, on: false, press: call.share }
    : { word: shareWords.ask, on: state.sharing.asked, press: call.askToShare };
}
