import { leads } from "./call-facts";
import type { Been, CallState, Effect, EndReason, Inside } from "./call-state";
import { otherParty } from "./other-party";

export type Step = { state: CallState; effects: Effect[] };
export const stay = (state: CallState): Step => ({ state, effects: [] });

/** Applies what changed and derives the phase from it, so that the two can't disagree. */
export function derive(state: Inside, change: Partial<Inside>, atMs: number): Inside {
  const next = { ...state, ...change };
  const phase = phaseOf(next);
  return meet({ ...next, phase, sinceMs: phase === state.phase ? state.sinceMs : atMs }, atMs);
}

export function settle(state: Inside, change: Partial<Inside>, atMs: number, publishes = false): Step {
  const settled = derive(state, change, atMs);
  return publishes ? publish(settled) : stay(settled);
}

/** The conversation begins when two are in it. Only who has been here can be said to have left. */
export function meet(state: Inside, atMs: number): Inside {
  const begins = state.talkedSinceMs === null && state.admitted && otherParty(state).state === "here";
  return begins ? { ...state, talkedSinceMs: atMs } : state;
}

function phaseOf({ admitted, mediaUp, everUp }: Inside): Inside["phase"] {
  if (!admitted) return "waiting";
  if (mediaUp) return "live";
  return everUp ? "reconnecting" : "connecting";
}

/** Somebody who waited is in: what they send goes out, and who is called in hears so. */
export function letIn(state: Inside, change: Partial<Inside>, atMs: number): Step {
  const { state: inside, effects } = settle(state, { ...change, admitted: true }, atMs, true);
  if (!leads(state.seat.party)) effects.push({ do: "play", sound: "come-in" });
  return { state: inside, effects };
}

/** A student whom the clinician has not let speak (yet). */
export const onlyListens = ({ live }: Inside): boolean => live?.you.maySpeak === false;

/** Nothing that can be heard or seen leaves the device before its owner was let in and may speak; no picture does while the line can't carry it. */
export function publish(state: Inside): Step {
  const { admitted, muted, cameraOn, pictures } = state;
  const speaks = !onlyListens(state);
  const shows = speaks && cameraOn && pictures.shown;
  const picture = !shows ? "off" : admitted ? "shown" : "covered";
  return { state, effects: [{ do: "publish", microphone: admitted && speaks && !muted, picture }] };
}

/** The line is down: nobody is heard, and the last picture is kept for when it is back. */
export function lineDown(state: Inside, atMs: number): Partial<Inside> {
  return { mediaUp: false, quality: "none", talking: [], ...missing(state, atMs) };
}

/** For how long a missing picture is waited for, in milliseconds, before it is said that there is none. */
const pictureWaitMs = 6_000;

/** The last picture stays up: ours or the other's line is down, or the new picture isn't here yet. */
export function isFrozen(state: Inside, nowMs: number): boolean {
  if (state.phase === "reconnecting") return true;
  if (state.phase !== "live" || !state.pictures.shown) return false;
  if (otherParty(state).state === "coming-back") return true;
  return state.pictureMissingSinceMs !== null && nowMs - state.pictureMissingSinceMs < pictureWaitMs;
}

/** A picture that was here goes through no choice of its owner. */
export function missing(state: Inside, atMs: number): Pick<Inside, "pictureMissingSinceMs"> {
  const shown = state.tiles.some(({ screen }) => !screen);
  return { pictureMissingSinceMs: state.pictureMissingSinceMs ?? (shown ? atMs : null) };
}

export function close(state: Inside, reason: EndReason, atMs: number): Step {
  return { state: ended(state, reason, atMs), effects: [{ do: "hang-up" }] };
}

export function ended(from: CallState, reason: EndReason, atMs: number): CallState {
  return { ...wishOf(from), ...beenOf(from, atMs), phase: "ended", reason, endNotTold: false };
}

export function beenOf(from: CallState, atMs: number): Been {
  if (from.phase === "idle") return { seatId: null, talked: null };
  if (!("seat" in from)) return { seatId: from.seatId, talked: from.talked };
  const { talkedSinceMs: fromMs, seat } = from;
  return { seatId: seat.seatId, talked: fromMs === null ? null : { fromMs, toMs: atMs } };
}

export const wishOf = ({ muted, cameraOn }: CallState) => ({ muted, cameraOn });
