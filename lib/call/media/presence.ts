import type { Presence } from "../call-state";

/** One other attendee's sound connection. `gone`: left by choice. */
export type Seen = "here" | "dropped" | "gone";

/** Somebody who is here outweighs somebody who was cut off, who outweighs everybody who left. */
export function presenceOf(seen: Iterable<Seen>): Presence {
  const all = [...seen];
  if (all.includes("here")) return "here";
  return all.includes("dropped") ? "dropped" : "nobody";
}
