import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Cleanup, finishCleanups, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { tellQueue } from "./changed";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import { mayHostParty } from "./permit";
import { closedRefusal, type SeatRefusal } from "./refusals";
import { type SeatRow, seatsOf, sitsToHost } from "./seat";
import { statusOf } from "./status";
import { revokeSessions } from "./visit-session";

/**
 * Takes a party out. The record first: from its commit on, this seat is refused at every door, and the cloud is made to follow even if
 * it is away just now. Admitting the seat again lets it back in.
 */
export async function removeParty(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  { actor, visitId, seatId }: { actor: Actor; visitId: string; seatId: string },
): Promise<Result<{ visitId: string; removed: string }, SeatRefusal>> {
  const removed = await deps.db.asActor(actor, async (tx): Promise<Result<string[], SeatRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const seats = await seatsOf(tx, visitId);
    if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
    const seat = seats.find(({ voucherId }) => voucherId === seatId);
    if (!seat) return err({ code: "SEAT_UNKNOWN" });
    if (seat.removedAt) return ok([]);

    return ok(await takeOut(deps, tx, { visit: found.visit, seat, actor }));
  });
  if (!removed.ok) return removed;
  await finishCleanups(deps, removed.value);
  return ok({ visitId, removed: seatId });
}

/** In the caller's transaction. @returns ids for `finishCleanups`, once committed. */
export async function takeOut(
  deps: Need<"clock">,
  tx: Tx,
  { visit, seat, actor }: { visit: VisitRow; seat: SeatRow; actor: Actor },
): Promise<string[]> {
  const now = deps.clock.now();
  const { voucherId, party } = seat;
  await tx
    .update(visitSeats)
    .set({
      removedAt: now,
      admittedAt: null,
      maySpeakAt: null,
      mayShareAt: null,
      waitingSince: null,
      attendeeId: null,
      credentials: null,
    })
    .where(eq(visitSeats.voucherId, voucherId));
  await revokeSessions(tx, visit.id, now, voucherId);
  await recordAudit(tx, {
    event: "PARTY_REMOVED",
    actor,
    visitId: visit.id,
    tokenId: voucherId,
    metadata: { party },
  });
  await tellQueue(tx, visit.id);
  return noteCleanups(tx, visit.id, placeOf(visit, seat));
}

function placeOf(visit: VisitRow, seat: SeatRow): Cleanup[] {
  if (visit.connectContactId && seat.party === "patient")
    return [{ kind: "contact", target: visit.connectContactId }];
  if (!seat.meetingId || !seat.attendeeId) return [];
  return [{ kind: "attendee", target: seat.meetingId, attendeeId: seat.attendeeId }];
}
