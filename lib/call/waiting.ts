import type { Inside } from "./call-state";

/**
 * Whether the clinician can be said to know that this patient waits: the server has their seat in the visit, and the meeting says that
 * their page is connected at this moment. That page hears of everybody who waits as soon as it is connected.
 */
export function isKnown({ live, mediaUp, others }: Inside): boolean {
  const there = live?.parties.some(({ party, state }) => party === "clinician" && state === "in-call");
  return there === true && mediaUp && others === "here";
}

/** Whole minutes of waiting; 0 in the first. By this device's own clock, set right by the server's (`live.now`). */
export function minutesWaiting(since: string, nowMs: number, aheadMs: number): number {
  return Math.max(0, Math.floor((nowMs - aheadMs - Date.parse(since)) / 60_000));
}

/** How far this device's clock runs ahead of the server's, in milliseconds. */
export const aheadOf = (serverNow: string, receivedAtMs: number): number =>
  receivedAtMs - Date.parse(serverNow);
