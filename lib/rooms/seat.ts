import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomSeats } from "@/db/schema";
import type { Cleanup } from "@/lib/cleanups/cloud-cleanups";
import type { Attendee, Capabilities } from "@/lib/ports/meetings";
import type { Need } from "./deps";

export type RoomSeat = typeof roomSeats.$inferSelect;
const aad = (inviteId: string) => `room-seat ${inviteId}`;

/** Silent for this long: shown as gone. A page tells every 15 s that it is there. */
export const hereMs = 30_000;

/** Sound, and nothing else: nobody sends a picture into a room, whatever their page does. */
export const soundOnly: Capabilities = { audio: "SendReceive", video: "None", content: "None" };

export async function seatsOf(tx: Tx, roomId: string): Promise<RoomSeat[]> {
  return tx.select().from(roomSeats).where(eq(roomSeats.roomId, roomId));
}
export async function seatBy(tx: Tx, inviteId: string): Promise<RoomSeat | null> {
  const [seat] = await tx.select().from(roomSeats).where(eq(roomSeats.inviteId, inviteId));
  return seat ?? null;
}

export const isHere = ({ presentAt, leftAt, removedAt }: RoomSeat, now: Date): boolean =>
  presentAt !== null && !leftAt && !removedAt && now.getTime() - presentAt.getTime() < hereMs;

export function sealAttendee({ keyring }: Need<"keyring">, inviteId: string, attendee: Attendee): Buffer {
  return keyring.seal("seat-credentials", JSON.stringify(attendee), aad(inviteId));
}
/** Null: no place in any meeting. */
export function openAttendee({ keyring }: Need<"keyring">, seat: RoomSeat): Attendee | null {
  if (!seat.credentials) return null;
  const opened = keyring.unseal("seat-credentials", seat.credentials, aad(seat.inviteId));
  return JSON.parse(opened.toString("utf8")) as Attendee;
}

/** In the caller's transaction: this seat's page is shut out, and what it had in the cloud is to go. */
export async function emptySeat(tx: Tx, seat: RoomSeat, now: Date): Promise<Cleanup[]> {
  await tx
    .update(roomSeats)
    .set({
      removedAt: now,
      admittedAt: null,
      waitingSince: null,
      attendeeId: null,
      credentials: null,
      sessionHash: null,
    })
    .where(eq(roomSeats.inviteId, seat.inviteId));
  return seat.meetingId && seat.attendeeId
    ? [{ kind: "attendee", target: seat.meetingId, attendeeId: seat.attendeeId }]
    : [];
}
