import { eq } from "drizzle-orm";
import { visitSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { capabilitiesOf } from "./capabilities";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayHostParty } from "./permit";
import { closedRefusal, type SpeakRefusal } from "./refusals";
import { findSeat, type SeatRow, seatsOf, sitsToHost } from "./seat";
import { statusOf } from "./status";

export type Speaking = { visitId: string; seatId: string; maySpeak: boolean };

/**
 * Lets a student be heard and seen, or not any more. The cloud enforces it; where the student only waits, it counts from admission on.
 * The cloud first, then the record: should we die between, the clinician presses again.
 */
export async function letSpeak(
  deps: Need<"db" | "clock" | "meetings">,
  { actor, visitId, seatId, maySpeak }: { actor: Actor; visitId: string; seatId: string; maySpeak: boolean },
): Promise<Result<Speaking, SpeakRefusal>> {
  const look = await deps.db.asActor(actor, async (tx): Promise<Result<SeatRow, SpeakRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const seats = await seatsOf(tx, visitId);
    if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
    const seat = seats.find(({ voucherId, removedAt }) => voucherId === seatId && !removedAt);
    if (!seat) return err({ code: "SEAT_UNKNOWN" });
    return seat.party === "student" ? ok(seat) : err({ code: "SPEAKS_ANYWAY" });
  });
  if (!look.ok) return look;
  const seat = look.value;
  const maySpeakAt = maySpeak ? deps.clock.now() : null;
  if (seat.admittedAt && seat.meetingId && seat.attendeeId) {
    const set = await deps.meetings.setCapabilities(
      seat.meetingId,
      seat.attendeeId,
      capabilitiesOf({ ...seat, maySpeakAt }),
    );
    // Whoever has lost their place gets the right capabilities with the next one.
    if (!set.ok && (set.error.code === "CLOUD_THROTTLED" || set.error.code === "CLOUD_UNAVAILABLE"))
      return err(set.error);
  }
  return deps.db.asActor(actor, async (tx): Promise<Result<Speaking, SpeakRefusal>> => {
    await findVisit(tx, visitId, { lock: true });
    const now = await findSeat(tx, seatId);
    if (!now || now.removedAt) return err({ code: "SEAT_UNKNOWN" });
    await tx.update(visitSeats).set({ maySpeakAt }).where(eq(visitSeats.voucherId, seatId));
    await recordAudit(tx, {
      event: maySpeak ? "PARTY_MAY_SPEAK" : "PARTY_LISTENS",
      actor,
      visitId,
      tokenId: seatId,
      metadata: { party: seat.party },
    });
    await tellChanged(tx, visitId);
    return ok({ visitId, seatId, maySpeak });
  });
}
