import { type CallState, isInside } from "@/lib/call/call-state";
import { otherParty } from "@/lib/call/other-party";
import { afterWords, callWords } from "../messages/en-call";
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
      return callWords.knows(door.clinician);
    case "connecting":
      return callWords.joining;
    case "reconnecting":
      return callWords.back;
    case "live":
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
      return (door.party === "patient" ? callWords.alonePatient(name) : callWords.aloneClinician).title;
  }
}

/** What the server calls a patient whose name this reader may not know. */
const unnamed = "Patient";

/** To the patient, the clinician by first name; to the clinician, as the server names the patient to them. */
export function nameOfOther(state: CallState, door: DoorFacts): string {
  if (door.party === "patient") return door.clinician;
  const name = isInside(state) ? otherParty(state).name : null;
  return name === null || name === unnamed ? callWords.patient : name;
}
