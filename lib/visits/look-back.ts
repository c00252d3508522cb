import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSurveys } from "@/db/schema";
import type { LookBack } from "./answers";
import { feedbackRefusal } from "./feedback";
import type { VisitRow } from "./find-visit";
import { type SeatRow, seatsOf } from "./seat";
import { isOpen, statusOf } from "./status";

/**
 * A closed visit as the holder of one of its seats sees it, in the caller's transaction. Null: the visit is open, they were not in it or
 * were taken out, or it is too long ago to say anything of it.
 */
export async function lookBack(
  tx: Tx,
  { visit, voucherId, now }: { visit: VisitRow; voucherId: string; now: Date },
): Promise<LookBack | null> {
  if (isOpen(statusOf(visit)) || feedbackRefusal(visit, now)) return null;
  const seats = await seatsOf(tx, visit.id);
  const own = seats.find((seat) => seat.voucherId === voucherId);
  if (!own || own.removedAt) return null;
  const [said] = await tx.select().from(visitSurveys).where(eq(visitSurveys.voucherId, voucherId));
  return {
    reason: visit.cancelledAt ? "cancelled" : "over",
    seatId: voucherId,
    talked: talkedOf(own, seats),
    answered: said?.answer ?? null,
  };
}

/** The clinician with whoever was let in; everybody else with the clinician. */
function talkedOf(own: SeatRow, seats: readonly SeatRow[]): LookBack["talked"] {
  const isHost = ({ party }: SeatRow) => party === "clinician";
  const mine = insideOf(own);
  const spans = seats
    .filter((seat) => isHost(seat) !== isHost(own))
    .flatMap((seat) => {
      const theirs = insideOf(seat);
      if (!mine || !theirs) return [];
      const [from, to] = [Math.max(mine.from, theirs.from), Math.min(mine.to, theirs.to)];
      return from < to ? [{ from, to }] : [];
    });
  if (spans.length === 0) return null;
  return {
    from: new Date(Math.min(...spans.map(({ from }) => from))).toISOString(),
    to: new Date(Math.max(...spans.map(({ to }) => to))).toISOString(),
  };
}

/** A page tells every 15 s that it is there. Closing a visit marks everybody as gone, whoever had been silent long before. */
const heardWithinMs = 30_000;

/** Epoch milliseconds from being let in to having gone or been heard last. Null: never let in. */
function insideOf({ admittedAt, presentAt, leftAt }: SeatRow): { from: number; to: number } | null {
  if (!admittedAt || !presentAt) return null;
  const seen = presentAt.getTime();
  const wasThere = leftAt !== null && leftAt.getTime() - seen <= heardWithinMs;
  return { from: admittedAt.getTime(), to: wasThere ? leftAt.getTime() : seen };
}
