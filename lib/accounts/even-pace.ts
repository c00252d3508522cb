import { setTimeout as pause } from "node:timers/promises";

/** Longer than Cognito and the database take for any of these answers on an ordinary day. Milliseconds. */
export const evenPaceMs = 700;

/**
 * Answers no earlier than `paceMs` after it was asked, whatever the answer is and however little there was to do for it: how long an answer takes
 * must not tell whether somebody has an account. People who wait for a mail don't notice; a guesser is slowed too.
 */
export async function atEvenPace<T>({ paceMs }: { paceMs: number }, work: () => Promise<T>): Promise<T> {
  const [done] = await Promise.allSettled([work(), pause(paceMs)]);
  if (done.status === "rejected") throw done.reason;
  return done.value;
}
