import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import type { SeatRow } from "./seat";
import type { SeatActor } from "./seat-holder";

const noteEveryMs = 15_000;
/** A page tells every 15 s that it is there; who has been silent for this long is gone, whatever they forgot to say. */
const silentMs = 90_000;

/**
 * The holder's page is open, in the caller's transaction: every reading of the live state says so, and the live channel reads at each
 * heartbeat. Writes at most once in 15 s.
 */
export async function notePresence(tx: Tx, { voucherId }: SeatActor, now: Date): Promise<void> {
  const before = new Date(now.getTime() - noteEveryMs);
  const { leftAt, removedAt, presentAt } = visitSeats;
  await tx
    .update(visitSeats)
    .set({ presentAt: now })
    .where(
      and(
        eq(visitSeats.voucherId, voucherId),
        isNull(leftAt),
        isNull(removedAt),
        or(isNull(presentAt), lt(presentAt, before)),
      ),
    );
}

/** Is this seat's holder inside, as far as anybody can tell from here? */
export function isConnected(seat: SeatRow, now: Date): boolean {
  if (seat.leftAt || seat.removedAt || !seat.presentAt) return false;
  return now.getTime() - seat.presentAt.getTime() < silentMs;
}
