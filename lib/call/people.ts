import { type CallPerson, isPrincipal } from "./call-facts";
import type { Inside, Quality, Seen, Tile, Who } from "./call-state";
import { isMe } from "./other-party";

/** Somebody else in the call: named by the server, seen and heard through the engine. */
export type Someone = {
  who: Who;
  name: string | null;
  party: CallPerson["party"] | null;
  seatId: string | null;
  /** Their camera's tile, or null while there is none. */
  tileId: number | null;
  seen: Seen | null;
  talking: boolean;
  muted: boolean;
  /** False for a student who only listens. */
  maySpeak: boolean;
  quality: Quality | null;
};

/**
 * Everybody else who was let in, in the server's order. A picture without a name behind it is nobody's, so it isn't shown: an
 * unadmitted seat has none. Where the meeting names nobody (route `connect`), the one other person is whoever is there.
 */
export function peopleInCall(state: Inside): readonly Someone[] {
  const inside = onePerSide(
    state,
    (state.live?.parties ?? []).filter((one) => one.state === "in-call" && !isMe(state, one)),
  );
  const known = new Set(inside.map(({ seatId }) => seatId));
  const cameras = state.tiles.filter(({ screen }) => !screen);
  const nameless = cameras.filter(({ who }) => !known.has(who));
  const people = inside.map((person) => someone(state, person, person.seatId ?? "", cameras));
  const [only, ...rest] = people;
  const [tile] = nameless;
  if (tile && only && rest.length === 0 && only.tileId === null)
    return [{ ...someone(state, only, tile.who, cameras), seatId: only.seatId }];
  if (tile && people.length === 0 && state.seat.party === "patient")
    return [someone(state, { name: null, party: null, seatId: null }, tile.who, cameras)];
  return people;
}

/** A link that was replaced leaves a seat behind: of one side's seats, the one that is connected counts, else the newest. */
function onePerSide(state: Inside, inside: readonly CallPerson[]): readonly CallPerson[] {
  const connected = ({ seatId }: CallPerson) => seatId !== null && state.seen[seatId] === "here";
  const chosen = (party: CallPerson["party"]) => {
    const seats = inside.filter((one) => one.party === party);
    return seats.find(connected) ?? seats.at(-1);
  };
  return inside.filter((one) => !isPrincipal(one.party) || one === chosen(one.party));
}

function someone(
  state: Inside,
  person: Pick<Someone, "name" | "party" | "seatId"> & Pick<CallPerson, "maySpeak">,
  who: Who,
  cameras: readonly Tile[],
): Someone {
  return {
    who,
    name: person.name,
    party: person.party,
    seatId: person.seatId,
    tileId: cameras.find((tile) => tile.who === who)?.tileId ?? null,
    seen: state.seen[who] ?? null,
    talking: state.talking.includes(who) && state.seen[who] !== "dropped",
    maySpeak: person.maySpeak !== false,
    muted: state.othersMuted.includes(who),
    quality: state.qualities[who] ?? null,
  };
}
