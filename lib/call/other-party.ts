import type { LiveState } from "@/lib/visits/answers";
import type { Inside } from "./call-state";

export type Person = LiveState["parties"][number];
/** How it stands with the people on the other side, in the order of what matters most. */
export type Other = {
  state: "here" | "coming-back" | "waiting" | "left" | "absent";
  /** As the server names them to this reader; null before it has. */
  name: string | null;
  waiting: readonly Person[];
  inside: readonly Person[];
};

/** The server says who may be inside; the sound connection says who is. */
export function otherParty({ live, seat, others, talkedSinceMs, tiles }: Inside): Other {
  const met = talkedSinceMs !== null;
  const people = (live?.parties ?? []).filter(
    ({ seatId, party }) => party !== seat.party && (seatId === null || seatId !== seat.seatId),
  );
  const waiting = people.filter(({ state }) => state === "waiting");
  const inside = people.filter(({ state }) => state === "in-call");
  const name = (inside[0] ?? waiting[0] ?? people[0])?.name ?? null;
  // Who waits is connected too, silently: the clinician must not take them for somebody who is in.
  const connected = seat.party === "patient" || inside.length > 0;
  if (connected && (others === "here" || tiles.length > 0)) return { state: "here", name, waiting, inside };
  if (waiting.length > 0) return { state: "waiting", name, waiting, inside };
  if (met && others === "dropped") return { state: "coming-back", name, waiting, inside };
  return { state: met ? "left" : "absent", name, waiting, inside };
}
