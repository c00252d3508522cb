import { and, asc, eq, inArray, isNull } from "drizzle-orm";
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

/** The names of guests, also of those who are not invited any more, by their ids: what is no guest's id has none. */
export async function guestNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const guests = await tx
    .select({ id: visitGuests.id, name: visitGuests.name })
    .from(visitGuests)
    .where(inArray(visitGuests.id, [...new Set(ids)]));
  return new Map(guests.map(({ id, name }) => [id, name]));
}
