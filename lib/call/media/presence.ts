import type { Presence, Seen } from "../call-state";

/** Somebody who is here outweighs somebody who was cut off, who outweighs everybody who left. */
export function presenceOf(seen: Iterable<Seen>): Presence {
  const all = [...seen];
  if (all.includes("here")) return "here";
  return all.includes("dropped") ? "dropped" : "nobody";
}
