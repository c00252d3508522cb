import type { CallbackRow } from "./own-callback";

/** Who did not answer, or could not, is called again so much later, and for so long. Milliseconds. */
const againMs = 15 * 60_000;
const againForMs = 60 * 60_000;

/** When a callback that came to nothing is tried again. What was promised until later stays so. */
export function dueAgain({ dueUntil }: Pick<CallbackRow, "dueUntil">, now: Date) {
  const dueFrom = new Date(now.getTime() + againMs);
  return { dueFrom, dueUntil: new Date(Math.max(dueUntil.getTime(), dueFrom.getTime() + againForMs)) };
}
