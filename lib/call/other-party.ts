import { type CallPerson, isPrincipal, leads } from "./call-facts";
import type { Inside } from "./call-state";

/** How it stands with the people on the other side, in the order of what matters most. */
export type Other = {
  state: "here" | "coming-back" | "waiting" | "left" | "absent";
  /** As the server names them to this reader; null before it has. */
  name: string | null;
  waiting: readonly CallPerson[];
  inside: readonly CallPerson[];
};

/** The server says who may be inside; the sound connection says who is. */
export function otherParty(state: Inside): Other {
  const { live, seat, others, talkedSinceMs, tiles } = state;
  const hosts = leads(seat.party);
  const met = talkedSinceMs !== null;
  const people = (live?.parties ?? []).filter((person) => !isMe(state, person));
  // Who waits is the clinician's to see to; nobody else is bothered with it.
  const waiting = hosts ? people.filter((person) => person.state === "waiting") : [];
  const inside = people.filter((person) => person.state === "in-call");
  const name = (inside[0] ?? waiting[0] ?? people[0])?.name ?? null;
  // Who waits is connected too, silently: the clinician must not take them for somebody who is in.
  const connected = !hosts || inside.length > 0;
  if (connected && (others === "here" || tiles.length > 0)) return { state: "here", name, waiting, inside };
  if (waiting.length > 0) return { state: "waiting", name, waiting, inside };
  if (met && others === "dropped") return { state: "coming-back", name, waiting, inside };
  return { state: met ? "left" : "absent", name, waiting, inside };
}

/** One's own seat, and the earlier seats of one's own side: a link that was replaced is the same person. */
export function isMe({ seat }: Pick<Inside, "seat">, { seatId, party }: CallPerson): boolean {
  if (seatId === seat.seatId) return true;
  return party === seat.party && isPrincipal(party);
}
