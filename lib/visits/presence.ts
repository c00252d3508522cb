import { and, eq, isNull, lt, or } from "drizzle-orm";
import { visitSeats } from "@/db/schema";
import type { Need } from "./deps";
import type { SeatRow } from "./seat";
import type { SeatActor } from "./seat-holder";

const noteEveryMs = 15_000;
/** A page tells every 15 s that it is there; who has been silent for this long is gone, whatever they forgot to say. */
const silentMs = 90_000;

/** The holder's page is open. Call it at each heartbeat of the live channel; it writes at most once in 15 s. */
export async function notePresence(deps: Need<"db" | "clock">, actor: SeatActor): Promise<void> {
  const now = deps.clock.now();
  const before = new Date(now.getTime() - noteEveryMs);
  await deps.db.asActor(actor, (tx) =>
    tx
      .update(visitSeats)
      .set({ presentAt: now })
      .where(
        and(
          eq(visitSeats.voucherId, actor.voucherId),
          isNull(visitSeats.leftAt),
          isNull(visitSeats.removedAt),
          or(isNull(visitSeats.presentAt), lt(visitSeats.presentAt, before)),
        ),
      ),
  );
}

/** Is this seat's holder inside, as far as anybody can tell from here? */
export function isConnected(seat: SeatRow, now: Date): boolean {
  if (seat.leftAt || seat.removedAt || !seat.presentAt) return false;
  return now.getTime() - seat.presentAt.getTime() < silentMs;
}
