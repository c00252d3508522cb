import type { CallEvent, Inside, Who } from "./call-state";
import { giveWay } from "./reduce-share";
import { letIn, meet, missing, type Step, stay } from "./settle";

type PeopleEvent = Extract<
  CallEvent,
  { type: "presence" | "cameras" | "tiles" | "talking" | "others-muted" | "picture" }
>;

/** Who is here, seen and heard, as the media engine notices it. */
export function reducePeople(state: Inside, event: PeopleEvent): Step {
  switch (event.type) {
    case "presence":
      return presence(state, event);
    case "cameras":
      // The media plane offers a camera to nobody without the capability, which admission alone gives: it has the news before the server's own word is here.
      return !state.admitted && event.cameras > 0 ? letIn(state, {}, event.atMs) : stay(state);
    case "tiles":
      return giveWay(meet({ ...state, tiles: event.tiles }, event.atMs));
    case "talking":
      return talking(state, event.talking);
    case "others-muted":
      return stay({ ...state, othersMuted: event.muted });
    case "picture":
      return stay(state.pictureMissingSinceMs === null ? state : { ...state, pictureMissingSinceMs: null });
  }
}

function presence(state: Inside, event: Extract<CallEvent, { type: "presence" }>): Step {
  const { others, seen, atMs } = event;
  const dropped = others === "dropped" && state.others === "here";
  const back = others === "here" && state.others === "dropped" && state.pictureMissingSinceMs !== null;
  const next: Inside = {
    ...state,
    others,
    seen,
    talking: state.talking.filter((who) => who === "me" || seen[who] === "here"),
    // What somebody said of their line ends with it.
    qualities: Object.fromEntries(Object.entries(state.qualities).filter(([who]) => seen[who] === "here")),
    ...(dropped ? missing(state, atMs) : {}),
    // Their picture takes a moment longer than their sound.
    ...(back ? { pictureMissingSinceMs: atMs } : {}),
    ...(others === "nobody" ? { pictureMissingSinceMs: null } : {}),
  };
  const left = Object.entries(seen).some(([who, now]) => now === "gone" && state.seen[who] === "here");
  const gone = state.phase === "live" && left;
  return { state: meet(next, atMs), effects: gone ? [{ do: "play", sound: "gone" }] : [] };
}

function talking(state: Inside, now: readonly Who[]): Step {
  if (same(state.talking, now)) return stay(state);
  // Who is large stays large while they go on: two who talk at once must not flicker.
  const goesOn = state.lastTalker !== null && now.includes(state.lastTalker);
  const lastTalker = goesOn ? state.lastTalker : (now.find((who) => who !== "me") ?? state.lastTalker);
  return stay({ ...state, talking: now, lastTalker });
}

function same(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((value, index) => value === two[index]);
}
