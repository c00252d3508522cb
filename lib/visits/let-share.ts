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
import { closedRefusal, type SeatRefusal } from "./refusals";
import { findSeat, type SeatRow, seatsOf, sitsToHost } from "./seat";
import { statusOf } from "./status";

export type ScreenLeave = { visitId: string; seatId: string; mayShare: boolean };

/**
 * Lets somebody show their screen, or not any more: what they show then is seen by nobody from the next packet on. Only of a seat that is
 * inside. The cloud first, then the record: should we die between, the clinician presses again.
 */
export async function letShare(
  deps: Need<"db" | "clock" | "meetings">,
  { actor, visitId, seatId, mayShare }: { actor: Actor; visitId: string; seatId: string; mayShare: boolean },
): Promise<Result<ScreenLeave, SeatRefusal>> {
  const look = await deps.db.asActor(actor, async (tx): Promise<Result<SeatRow, SeatRefusal>> => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayHostParty(actor, found.visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(found.visit), found.visit);
    if (closed) return err(closed);
    const seats = await seatsOf(tx, visitId);
    if (!sitsToHost(actor, seats)) return err({ code: "FORBIDDEN" });
    const seat = seats.find((one) => one.voucherId === seatId && one.admittedAt && !one.removedAt);
    return seat ? ok(seat) : err({ code: "SEAT_UNKNOWN" });
  });
  if (!look.ok) return look;
  const seat = look.value;
  const mayShareAt = mayShare ? deps.clock.now() : null;
  if (seat.meetingId && seat.attendeeId) {
    const capabilities = capabilitiesOf({ ...seat, mayShareAt });
    const set = await deps.meetings.setCapabilities(seat.meetingId, seat.attendeeId, capabilities);
    // Whoever has lost their place gets the right capabilities with the next one.
    if (!set.ok && (set.error.code === "CLOUD_THROTTLED" || set.error.code === "CLOUD_UNAVAILABLE"))
      return err(set.error);
  }
  return deps.db.asActor(actor, async (tx): Promise<Result<ScreenLeave, SeatRefusal>> => {
    await findVisit(tx, visitId, { lock: true });
    const now = await findSeat(tx, seatId);
    if (!now?.admittedAt || now.removedAt) return err({ code: "SEAT_UNKNOWN" });
    // They have just come back in another place, which has the old rights: the clinician presses again.
    if (now.attendeeId !== seat.attendeeId) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
    await tx.update(visitSeats).set({ mayShareAt }).where(eq(visitSeats.voucherId, seatId));
    await recordAudit(tx, {
      event: mayShare ? "PARTY_MAY_SHARE" : "PARTY_SHARES_NO_MORE",
      actor,
      visitId,
      tokenId: seatId,
      metadata: { party: seat.party },
    });
    await tellChanged(tx, visitId);
    return ok({ visitId, seatId, mayShare });
  });
}
