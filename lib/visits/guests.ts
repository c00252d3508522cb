import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitGuests } from "@/db/schema";

export type GuestRow = typeof visitGuests.$inferSelect;

/** Beside patient and clinician: six are as many as a small screen can show and a conversation can bear. */
export const guestsPerVisit = 4;

/** Those who are invited (still), in the order in which they were. */
export async function guestsOf(tx: Tx, visitId: string): Promise<GuestRow[]> {
  return tx
    .select()
    .from(visitGuests)
    .where(and(eq(visitGuests.visitId, visitId), isNull(visitGuests.revokedAt)))
    .orderBy(asc(visitGuests.createdAt), asc(visitGuests.id));
}

/** Null: never invited, or not any more. */
export async function findGuest(tx: Tx, visitId: string, guestId: string): Promise<GuestRow | null> {
  const [guest] = await tx
    .select()
    .from(visitGuests)
    .where(and(eq(visitGuests.id, guestId), eq(visitGuests.visitId, visitId), isNull(visitGuests.revokedAt)));
  return guest ?? null;
}
