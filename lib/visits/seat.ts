import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitSeats } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { Attendee } from "@/lib/ports/meetings";
import type { Need } from "./deps";

export type SeatRow = typeof visitSeats.$inferSelect;
/** What Amazon Connect gives a customer's side beside the attendee. */
type ContactCredentials = {
  contactId: string;
  instanceId: string;
  participantId: string;
  participantToken: string;
};
export type SeatCredentials = { attendee: Attendee; contact: ContactCredentials | null };

const aad = (voucherId: string) => `seat ${voucherId}`;

export async function findSeat(tx: Tx, voucherId: string): Promise<SeatRow | null> {
  const [seat] = await tx.select().from(visitSeats).where(eq(visitSeats.voucherId, voucherId));
  return seat ?? null;
}

export async function seatsOf(tx: Tx, visitId: string): Promise<SeatRow[]> {
  return tx.select().from(visitSeats).where(eq(visitSeats.visitId, visitId));
}

/** A link hosts others only while it sits in the visit itself: one that was taken out must not let itself back in. Staff need no seat. */
export function sitsToHost(actor: Actor, seats: readonly SeatRow[]): boolean {
  if (actor.kind !== "link") return true;
  return seats.some((seat) => seat.voucherId === actor.voucherId && !seat.removedAt);
}

export function sealCredentials(
  deps: Need<"keyring">,
  voucherId: string,
  credentials: SeatCredentials,
): Buffer {
  return deps.keyring.seal("seat-credentials", JSON.stringify(credentials), aad(voucherId));
}

/** Null: this seat has no place in any meeting (yet, or any more). */
export function openCredentials(deps: Need<"keyring">, seat: SeatRow): SeatCredentials | null {
  if (!seat.credentials) return null;
  const opened = deps.keyring.unseal("seat-credentials", seat.credentials, aad(seat.voucherId));
  return JSON.parse(opened.toString("utf8")) as SeatCredentials;
}
