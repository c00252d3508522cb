import { type CallState, isInside } from "@/lib/call/call-state";
import { otherParty } from "@/lib/call/other-party";
import { isKnown } from "@/lib/call/waiting";
import { afterWords, callWords, lineWords, waitingWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";

/** What a screen reader says when the state changes: one sentence, the same that the eye finds. */
export function announcement(state: CallState, door: DoorFacts): string {
  if (state.phase === "idle") return "";
  if (state.phase === "joining") return state.tries > 1 ? callWords.busy : callWords.joining;
  if (state.phase === "ended") return afterWords.title(state.reason);
  if (!isInside(state)) return "";
  const name = nameOfOther(state, door);
  switch (state.phase) {
    case "waiting":
      return isKnown(state) ? waitingWords.knows(door.clinician) : waitingWords.notYet;
    case "connecting":
      return callWords.joining;
    case "reconnecting":
      return callWords.back;
    case "live":
      if (!state.pictures.shown && state.pictures.why === "by-line")
        return `${lineWords.byLine.title} ${lineWords.byLine.say}`;
      return liveWords(otherParty(state).state, name, door);
  }
}

function liveWords(other: ReturnType<typeof otherParty>["state"], name: string, door: DoorFacts): string {
  switch (other) {
    case "here":
      return callWords.connectedTo(name);
    case "waiting":
      return callWords.isWaiting(callWords.headOf(name));
    case "coming-back":
      return callWords.comingBack(name).title;
    case "left":
      return callWords.left(name).title;
    case "absent":
      return (door.party === "clinician" ? callWords.aloneClinician : callWords.alonePatient(name)).title;
  }
}

/** What the server calls a patient whose name this reader may not know. */
const unnamed = "Patient";

/** To the patient, the clinician by first name; to the clinician, as the server names the patient to them. */
export function nameOfOther(state: CallState, door: DoorFacts): string {
  if (door.party !== "clinician") return door.clinician;
  const name = isInside(state) ? otherParty(state).name : null;
  return inSentence(name ?? unnamed);
}

/** At the head of a sentence, on a tile or in a list. */
export const headOf = (name: string): string => callWords.headOf(inSentence(name));
export const inSentence = (name: string): string => (name === unnamed ? callWords.patient : name);
