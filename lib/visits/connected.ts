import { isGuest, type Principal } from "@/lib/kernel/party";
import type { Connected, Connection } from "./answers";
import { isHere } from "./presence";
import type { SeatRow } from "./seat";

/** What the seats of one visit say of who is there now. Null where there are none. */
export function connectedOf(seats: readonly SeatRow[], now: Date): Connected | null {
  if (seats.length === 0) return null;
  const [patient, clinician] = [connectionOf(seats, "patient", now), connectionOf(seats, "clinician", now)];
  const together = patient.here && patient.admitted && clinician.here;
  return {
    patient,
    clinician,
    guests: seats.filter((seat) => isGuest(seat.party) && isHere(seat, now)).length,
    waiting: seats.some((seat) => !seat.admittedAt && isHere(seat, now)),
    togetherSince: together ? iso(newest([firstIn(seats, "patient"), firstIn(seats, "clinician")])) : null,
  };
}

/** Since when the longest-waiting of those who did not go has waited, whether or not their page tells that it is there. */
export function waitingSince(seats: readonly SeatRow[]): string | null {
  const since = seats
    .filter(({ admittedAt, removedAt, leftAt }) => !admittedAt && !removedAt && !leftAt)
    .flatMap((seat) => seat.waitingSince?.getTime() ?? []);
  return since.length === 0 ? null : new Date(Math.min(...since)).toISOString();
}

/** Somebody who came with two devices is there while one of them is. */
function connectionOf(seats: readonly SeatRow[], of: Principal, now: Date): Connection {
  const theirs = seats.filter(({ party }) => party === of);
  const here = theirs.filter((seat) => isHere(seat, now));
  return {
    here: here.length > 0,
    left: theirs.length > 0 && theirs.every(({ leftAt, removedAt }) => leftAt !== null || removedAt !== null),
    admitted: (here.length > 0 ? here : theirs).some(({ admittedAt }) => admittedAt !== null),
    lastSeenAt: iso(newest(theirs.map(({ presentAt, leftAt }) => leftAt ?? presentAt))),
  };
}

function firstIn(seats: readonly SeatRow[], of: Principal): Date | null {
  const since = seats.flatMap(({ party, admittedAt }) =>
    party === of && admittedAt ? [admittedAt.getTime()] : [],
  );
  return since.length === 0 ? null : new Date(Math.min(...since));
}

const newest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, at) => (at && (!last || at > last) ? at : last), null);
const iso = (at: Date | null) => at?.toISOString() ?? null;
