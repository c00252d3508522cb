import { type LiveCall, leads, type Started } from "./call-facts";
import {
  type CallEvent,
  type CallState,
  type Effect,
  type EndReason,
  type Inside,
  isInside,
  type MediaStop,
} from "./call-state";
import { reduceLine } from "./reduce-line";
import { reducePeople } from "./reduce-people";
import { cutOff, keepLeave, reduceShare } from "./reduce-share";
import {
  beenOf,
  close,
  derive,
  ended,
  letIn,
  lineDown,
  onlyListens,
  publish,
  type Step,
  settle,
  stay,
  wishOf,
} from "./settle";
import { aheadOf } from "./waiting";

/**
 * idle → joining → waiting → live ⇄ reconnecting → ended. Pure: the same call always goes the same way.
 * Events that no longer apply change nothing, so a late answer can't revive a call that was left.
 */
export function reduceCall(state: CallState, event: CallEvent): Step {
  if (isInside(state)) return reduceInside(state, event);
  switch (event.type) {
    case "join":
      if (state.phase === "joining") return stay(state);
      return {
        state: {
          ...wishOf(state),
          ...beenOf(state, event.atMs),
          phase: "joining",
          sinceMs: event.atMs,
          tries: 0,
          retryAtMs: null,
        },
        effects: [
          ...(state.phase === "ended" ? [{ do: "stop-following" } as const] : []),
          { do: "start", afterMs: 0 },
        ],
      };
    case "set-muted":
      return stay({ ...state, muted: event.muted });
    case "set-camera":
      return stay({ ...state, cameraOn: event.on });
    case "told":
      if (state.phase !== "ended") return stay(state);
      // Who left may go back while the visit is open: so it is watched, but not before the server knows that they are out of it.
      return {
        state: { ...state, endNotTold: false },
        effects:
          state.reason === "left" && state.seatId !== null ? [{ do: "follow", seatId: state.seatId }] : [],
      };
    case "live": {
      if (state.phase !== "ended" || state.reason !== "left") return stay(state);
      const reason = closedBy(event.live);
      return reason ? { state: { ...state, reason }, effects: [{ do: "stop-following" }] } : stay(state);
    }
    case "not-told":
      return stay(state.phase === "ended" && event.what === "end" ? { ...state, endNotTold: true } : state);
    case "end":
      return state.phase === "ended" && state.endNotTold
        ? { state, effects: [{ do: "tell-end" }] }
        : stay(state);
  }
  if (state.phase !== "joining") return stay(state);
  switch (event.type) {
    case "started":
      return enter(state, event.started, event.atMs);
    case "busy": {
      const afterMs = Math.max(event.retryAfterMs, backOffMs(state.tries));
      return {
        state: { ...state, tries: state.tries + 1, retryAtMs: event.atMs + afterMs },
        effects: [{ do: "start", afterMs }],
      };
    }
    case "refused":
      return stay(ended(state, reasonOf(event.code), event.atMs));
    case "leave":
      return { state: ended(state, "left", event.atMs), effects: [{ do: "hang-up" }] };
  }
  return stay(state);
}

function reduceInside(state: Inside, event: CallEvent): Step {
  switch (event.type) {
    case "started": {
      if (!state.restarting) return stay(state);
      const { started } = event;
      const next: Inside = { ...state, seat: seatOf(started), admitted: started.admitted, restarting: false };
      return {
        state: next,
        effects: [
          { do: "connect", started },
          { do: "follow", seatId: started.seatId },
        ],
      };
    }
    case "busy":
      return restart({ ...state, restarting: false }, event.atMs, event.retryAfterMs);
    case "refused":
      return close(state, reasonOf(event.code), event.atMs);
    case "media-connected": {
      // The pictures take a moment longer than the sound: until they are here, the last one stays.
      const pictureMissingSinceMs = state.pictureMissingSinceMs === null ? null : event.atMs;
      const up = { mediaUp: true, everUp: true, tries: 0, quality: "good" as const, pictureMissingSinceMs };
      return settle(state, up, event.atMs, true);
    }
    case "media-reconnecting":
      return settle(state, lineDown(state, event.atMs), event.atMs);
    case "media-stopped":
      return stopped(state, event.why, event.atMs);
    case "live":
      return told(state, event.live, event.atMs);
    case "presence":
    case "cameras":
    case "tiles":
    case "talking":
    case "others-muted":
    case "picture":
      return reducePeople(state, event);
    case "quality":
    case "other-quality":
    case "pictures-off":
    case "pictures-on":
      return reduceLine(state, event);
    case "share":
    case "share-stop":
    case "share-told":
    case "share-ask":
    case "share-asked":
    case "share-unasked":
    case "share-refused":
    case "share-answer":
    case "share-withdrawn":
    case "share-not-told":
      return reduceShare(state, event);
    case "set-muted":
      return publish({ ...state, muted: event.muted });
    case "set-camera":
      return publish({ ...state, cameraOn: event.on });
    case "admit":
    case "remove":
      return {
        state: { ...state, deciding: event.seatId, trouble: null },
        effects: [{ do: event.type, seatId: event.seatId }],
      };
    case "let-speak":
      return {
        state: { ...state, deciding: event.seatId, trouble: null },
        effects: [{ do: "let-speak", seatId: event.seatId, maySpeak: event.maySpeak }],
      };
    case "told":
      return stay({ ...state, deciding: null, trouble: null });
    case "not-told":
      return stay({ ...state, deciding: null, trouble: event.what === "end" ? null : event.what });
    case "leave": {
      const { state: next, effects } = close(state, "left", event.atMs);
      return { state: next, effects: [...effects, { do: "tell-left" }] };
    }
    case "end": {
      const { state: next, effects } = close(state, "over", event.atMs);
      return { state: next, effects: [{ do: "tell-end" }, ...effects] };
    }
    case "join":
      return stay(state);
  }
}

function enter(from: CallState, started: Started, atMs: number): Step {
  const state: Inside = {
    ...wishOf(from),
    phase: started.admitted ? "connecting" : "waiting",
    sinceMs: atMs,
    seat: seatOf(started),
    admitted: started.admitted,
    mediaUp: false,
    everUp: false,
    restarting: false,
    tries: 0,
    live: null,
    aheadMs: 0,
    others: "nobody",
    seen: {},
    tiles: [],
    talking: [],
    lastTalker: null,
    othersMuted: [],
    quality: "good",
    qualities: {},
    pictures: { shown: true },
    picturesKeptUntilMs: 0,
    pictureMissingSinceMs: null,
    talkedSinceMs: null,
    sharing: { mine: "off", asked: false, askers: [], trouble: null },
    deciding: null,
    trouble: null,
  };
  return {
    state,
    effects: [
      { do: "connect", started },
      { do: "follow", seatId: started.seatId },
    ],
  };
}

/** The server's view. It removes and ends, and admits unless the media plane already did. */
function told(state: Inside, live: LiveCall, atMs: number): Step {
  const closed = closedBy(live);
  if (closed) return close(state, closed, atMs);
  const known = { ...state, live, aheadMs: aheadOf(live.now, atMs) };
  const effects: Effect[] = [];
  if (leads(state.seat.party) && waiting(live) > (state.live ? waiting(state.live) : 0))
    effects.push({ do: "play", sound: "knock" });
  if (live.told && live.told.at !== state.live?.told?.at) effects.push({ do: "play", sound: "told" });
  if (live.generation > state.seat.generation || live.you.rejoin) {
    if (state.restarting) return { state: known, effects };
    const again = restart(known, atMs, 0);
    return { state: again.state, effects: [...effects, ...again.effects] };
  }
  // Only a rise counts: a view from before our own admission is late news.
  const leave = onlyListens(known) !== onlyListens(state);
  const settled =
    live.you.admitted && !state.admitted ? letIn(known, {}, atMs) : settle(known, {}, atMs, leave);
  if (leave && state.admitted && !onlyListens(known)) effects.push({ do: "play", sound: "come-in" });
  return keepLeave({ state: settled.state, effects: [...settled.effects, ...effects] });
}

/** Why this page has nothing to go back to; null: it has. */
function closedBy({ status, you }: LiveCall): "cancelled" | "over" | "removed" | null {
  if (status === "CANCELLED") return "cancelled";
  if (status !== "SCHEDULED" && status !== "ACTIVE" && status !== "open") return "over";
  return you.removed ? "removed" : null;
}

function stopped(state: Inside, why: MediaStop, atMs: number): Step {
  switch (why) {
    case "left":
      return stay(state);
    case "elsewhere":
    case "removed":
    case "full":
      return close(state, why, atMs);
    case "cut":
      if (state.restarting) return stay(state);
      if (state.tries > 0) return restart(state, atMs, 0);
      return {
        state: withoutMedia({ ...state, tries: 1 }, atMs),
        effects: [{ do: "connect-again" }],
      };
    case "lost":
    case "ended":
    case "refused":
      // The server knows whether the visit itself goes on: asking to start again tells.
      return state.restarting ? stay(state) : restart(state, atMs, 0);
  }
}

function restart(state: Inside, atMs: number, atLeastMs: number): Step {
  const afterMs = state.tries === 0 && atLeastMs === 0 ? 0 : Math.max(atLeastMs, backOffMs(state.tries));
  const down = withoutMedia({ ...state, restarting: true, tries: state.tries + 1 }, atMs);
  return { state: down, effects: [{ do: "hang-up" }, { do: "start", afterMs }] };
}

/** The next session of the media engine knows nothing of this one's tiles, people and shared screen. */
function withoutMedia(state: Inside, atMs: number): Inside {
  const gone = { tiles: [], seen: {}, qualities: {}, sharing: cutOff(state.sharing) };
  return derive(state, { ...lineDown(state, atMs), ...gone }, atMs);
}

function reasonOf(code: string): EndReason {
  switch (code) {
    case "VISIT_ENDED":
      return "over";
    case "VISIT_CANCELLED":
      return "cancelled";
    case "PARTY_REMOVED":
      return "removed";
    case "MEETING_FULL":
    case "ROOM_FULL":
      return "full";
    case "ANSWER_AT_DESK":
      return "at-desk";
    case "TOKEN_REUSED":
    case "TOKEN_EXPIRED":
    case "TOKEN_REVOKED":
    case "TOKEN_INVALID":
    case "TOKEN_NOT_YET_VALID":
    case "CODE_UNKNOWN":
    case "ROOM_CLOSED":
    case "ROOM_EXPIRED":
    case "ROOM_LOCKED":
    case "ROOM_REMOVED":
      return "link";
    default:
      return "failed";
  }
}

/** Milliseconds before the try after this many: 1, 2, 4, then 8 seconds. */
export function backOffMs(tries: number): number {
  return 1_000 * 2 ** Math.min(tries, 3);
}

const waiting = (live: LiveCall) => live.parties.filter(({ state }) => state === "waiting").length;
const seatOf = ({ seatId, party, generation }: Started) => ({ seatId, party, generation });
