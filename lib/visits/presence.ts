import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitPresence, visitSeats } from "@/db/schema";
import type { SeatRow } from "./seat";
import type { SeatActor } from "./seat-holder";

const noteEveryMs = 15_000;
/** A page tells every 15 s that it is there; who has been silent for this long is gone, whatever they forgot to say. */
const silentMs = 90_000;

/**
 * The holder's page is open, in the caller's transaction: every reading of the live state says so, and the live channel reads at each
 * heartbeat. Writes at most once in 15 s.
 */
export async function notePresence(tx: Tx, actor: SeatActor, now: Date): Promise<void> {
  const before = new Date(now.getTime() - noteEveryMs);
  const { leftAt, removedAt, presentAt } = visitSeats;
  const noted = await tx
    .update(visitSeats)
    .set({ presentAt: now })
    .where(
      and(
        eq(visitSeats.voucherId, actor.voucherId),
        isNull(leftAt),
        isNull(removedAt),
        or(isNull(presentAt), lt(presentAt, before)),
      ),
    )
    .returning({ id: visitSeats.voucherId });
  if (noted.length > 0) await lengthen(tx, actor, now);
}

/** The evidence of who was here when: the interval that is under way goes on, or another begins. */
export async function lengthen(tx: Tx, { voucherId, visitId, party }: SeatActor, now: Date): Promise<void> {
  const since = new Date(now.getTime() - silentMs);
  const { leftAt, seenAt } = visitPresence;
  const goesOn = await tx
    .update(visitPresence)
    .set({ seenAt: now })
    .where(and(eq(visitPresence.voucherId, voucherId), isNull(leftAt), gt(seenAt, since)))
    .returning({ id: visitPresence.id });
  if (goesOn.length === 0)
    await tx
      .insert(visitPresence)
      .values({ id: randomUUID(), visitId, voucherId, party, cameAt: now, seenAt: now });
}

/** They said that they go. */
export async function closePresence(tx: Tx, voucherId: string, now: Date): Promise<void> {
  const since = new Date(now.getTime() - silentMs);
  await tx
    .update(visitPresence)
    .set({ seenAt: now, leftAt: now })
    .where(
      and(
        eq(visitPresence.voucherId, voucherId),
        isNull(visitPresence.leftAt),
        gt(visitPresence.seenAt, since),
      ),
    );
}

export type PresenceRow = typeof visitPresence.$inferSelect;
export async function presenceOf(tx: Tx, visitId: string): Promise<PresenceRow[]> {
  return tx
    .select()
    .from(visitPresence)
    .where(eq(visitPresence.visitId, visitId))
    .orderBy(asc(visitPresence.cameAt));
}

/** Is this seat's holder inside, as far as anybody can tell from here? */
export function isConnected(seat: SeatRow, now: Date): boolean {
  if (seat.leftAt || seat.removedAt || !seat.presentAt) return false;
  return now.getTime() - seat.presentAt.getTime() < silentMs;
}
