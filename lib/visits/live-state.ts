import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { LiveState, Party, SeatState } from "./answers";
import type { Need } from "./deps";
import { findVisit, type VisitWithPeople } from "./find-visit";
import { notePresence } from "./presence";
import type { VisitUnknown } from "./refusals";
import { type SeatRow, seatsOf } from "./seat";
import type { SeatActor } from "./seat-holder";
import { isOpen, statusOf } from "./status";

/** `seat`: who holds one, proven by `seatHolder`. `staff`: who watches, as far as they may see the visit. */
export type Viewer = { kind: "seat"; actor: SeatActor } | { kind: "staff"; actor: Actor };

/** Who is where in a visit, now, as this viewer may know it. Also notes that the holder of a seat is there. */
export async function liveState(
  deps: Need<"db" | "clock">,
  { visitId, viewer }: { visitId: string; viewer: Viewer },
): Promise<Result<LiveState, VisitUnknown>> {
  return deps.db.asActor(viewer.actor, async (tx): Promise<Result<LiveState, VisitUnknown>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    const now = deps.clock.now();
    if (viewer.kind === "seat") await notePresence(tx, viewer.actor, now);
    const seats = await seatsOf(tx, visitId);
    const status = statusOf(visit);
    const own =
      viewer.kind === "seat" ? seats.find((seat) => seat.voucherId === viewer.actor.voucherId) : undefined;
    return ok({
      status,
      generation: visit.meetingAttempt,
      now: now.toISOString(),
      you: {
        party: viewer.kind === "seat" ? viewer.actor.party : null,
        admitted: Boolean(own?.admittedAt && !own.removedAt),
        removed: Boolean(own?.removedAt),
        rejoin: Boolean(
          own &&
            isOpen(status) &&
            !own.removedAt &&
            !own.leftAt &&
            (!own.attendeeId || own.meetingId !== visit.meetingId),
        ),
      },
      lateMinutes: isOpen(status) ? visit.lateMinutes : null,
      lateUntil: isOpen(status) ? (visit.lateUntil?.toISOString() ?? null) : null,
      ...(viewer.kind === "staff" && { messageChanges: await messageChanges(tx, visitId) }),
      parties: (["patient", "clinician"] as const).flatMap((party) => entriesOf(found, party, seats, viewer)),
    });
  });
}

/** How many things are known of the visit's messages: a number that only rises, so that a page knows when to look again. */
async function messageChanges(tx: Tx, visitId: string): Promise<number> {
  const { sentAt, failedAt, droppedAt, deliveredAt, bouncedAt, undeliverableAt } = outbox;
  const [row] = await tx
    .select({
      known: sql<number>`(count(*) + count(${sentAt}) + count(${failedAt}) + count(${droppedAt})
        + count(${deliveredAt}) + count(${bouncedAt}) + count(${undeliverableAt}))::int`,
    })
    .from(outbox)
    .where(eq(outbox.visitId, visitId));
  return row?.known ?? 0;
}

/** One entry for each seat of the party, oldest waiting first; one of nobody where none has come. */
function entriesOf(
  found: VisitWithPeople,
  party: Party,
  seats: SeatRow[],
  viewer: Viewer,
): LiveState["parties"] {
  const name = nameFor(found, party, viewer);
  const taken = seats
    .filter((seat) => seat.party === party)
    .sort((a, b) => (a.waitingSince?.getTime() ?? 0) - (b.waitingSince?.getTime() ?? 0));
  if (taken.length === 0) return [{ seatId: null, party, name, state: "absent", waitingSince: null }];
  return taken.map((seat) => {
    const state = stateOf(seat);
    const since = state === "waiting" ? (seat.waitingSince?.toISOString() ?? null) : null;
    return { seatId: seat.voucherId, party, name, state, waitingSince: since };
  });
}

function stateOf(seat: SeatRow): SeatState {
  if (seat.removedAt || seat.leftAt) return "left";
  return seat.admittedAt ? "in-call" : "waiting";
}

/** A patient is named to signed-in staff only: a clinician's link may be opened by whoever was sent it. */
function nameFor({ patient, clinician }: VisitWithPeople, party: Party, viewer: Viewer): string {
  if (party === "clinician") return `${clinician.title ?? ""} ${clinician.firstName}`.trim();
  return viewer.kind === "staff" ? patient.firstName : "Patient";
}
