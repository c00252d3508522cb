import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitPresence, visitSeats } from "@/db/schema";
import type { SeatRow } from "./seat";
import type { SeatActor } from "./seat-holder";

/** A page tells every 15 s that it is there: less, so that none of it goes unnoted. */
const noteEveryMs = 10_000;
/**
 * Silent for this long: shown as gone. Its live channel tells once more when it closes, so a reload, and a network that is away for 20 s,
 * fit in.
 */
export const hereMs = 30_000;
/** Silent for this long: gone, whatever they forgot to say. Decisions that can't be taken back wait for it. */
const silentMs = 90_000;

/**
 * The holder's page is open, in the caller's transaction: every reading of the live state says so, and the live channel reads at each
 * heartbeat. Writes at most once in 10 s, unless it is their last sign for now.
 */
export async function notePresence(tx: Tx, actor: SeatActor, now: Date, last = false): Promise<void> {
  const before = new Date(now.getTime() - (last ? 0 : noteEveryMs));
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

/** Is this seat's holder inside, as far as anybody can tell from here? Nobody who may be is said not to. */
export const isConnected = (seat: SeatRow, now: Date): boolean => isHeard(seat, now, silentMs);

/** The same, for showing. */
export const isHere = (seat: SeatRow, now: Date): boolean => isHeard(seat, now, hereMs);

function isHeard({ leftAt, removedAt, presentAt }: SeatRow, now: Date, withinMs: number): boolean {
  if (leftAt || removedAt || !presentAt) return false;
  return now.getTime() - presentAt.getTime() < withinMs;
}
