import { eq } from "drizzle-orm";
import { roomSeats, rooms } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal, Meeting } from "@/lib/ports/meetings";
import type { RoomRefusal } from "./change-room";
import { tellRoom } from "./changed";
import type { Need } from "./deps";
import { mayHost } from "./permit";
import { createMeeting, troubleOf } from "./place";
import { findRoom, overRefusal, type RoomRow } from "./room";
import { type RoomSeat, seatBy, seatsOf, soundOnly } from "./seat";

type Deps = Need<"db" | "clock" | "meetings">;
type Refusal = RoomRefusal | CloudRefusal | { code: "SEAT_UNKNOWN" };
/** What the cloud said: their place is open, their attendee is gone, or the meeting is and this is the next one. */
type Opened = { kind: "open" } | { kind: "gone" } | { kind: "remade"; meeting: Meeting; attempt: number };

/**
 * Lets the guest in from the lobby. The cloud first, then the record: should we die between, they are merely still shown as waiting, and letting
 * them in again is harmless.
 */
export async function admitPerson(
  deps: Deps,
  { actor, roomId, seatId }: { actor: Actor; roomId: string; seatId?: string },
): Promise<Result<{ roomId: string; admitted: string[] }, Refusal>> {
  const looked = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ room: RoomRow; seats: RoomSeat[] }, Refusal>> => {
      const room = await findRoom(tx, roomId);
      if (!room) return err({ code: "ROOM_UNKNOWN" });
      if (!mayHost(actor, room)) return err({ code: "FORBIDDEN" });
      const over = overRefusal(room, deps.clock.now());
      if (over) return err(over);
      const seats = await seatsOf(tx, roomId);
      const own = actor.kind === "room-invite" ? actor.inviteId : null;
      if (own && !seats.some((seat) => seat.inviteId === own && !seat.removedAt))
        return err({ code: "FORBIDDEN" });
      return ok({ room, seats });
    },
  );
  if (!looked.ok) return looked;
  const { room, seats } = looked.value;
  const waiting = seats.filter((seat) => !seat.removedAt && (!seatId || seat.inviteId === seatId));
  if (seatId && waiting.length === 0) return err({ code: "SEAT_UNKNOWN" });
  const admitted: string[] = [];
  for (const seat of waiting) {
    if (seat.admittedAt) continue;
    const opened = await openInCloud(deps, room, seat);
    if (!opened.ok) return opened;
    const recorded = await record(deps, { actor, roomId, seat, opened: opened.value });
    if (!recorded.ok) return recorded;
    admitted.push(seat.inviteId);
  }
  return ok({ roomId, admitted });
}

async function openInCloud(deps: Deps, room: RoomRow, seat: RoomSeat): Promise<Result<Opened, CloudRefusal>> {
  if (!seat.attendeeId || !seat.meetingId || seat.meetingId !== room.meetingId) return ok({ kind: "gone" });
  const set = await deps.meetings.setCapabilities(seat.meetingId, seat.attendeeId, soundOnly);
  if (set.ok) return ok({ kind: "open" });
  if (set.error.code === "CLOUD_THROTTLED" || set.error.code === "CLOUD_UNAVAILABLE") return err(set.error);
  // The cloud says "not found" of a missing attendee and of a missing meeting alike: ask which.
  const alive = await deps.meetings.get(seat.meetingId);
  if (alive.ok) return ok({ kind: "gone" });
  if (alive.error.code !== "MEETING_ENDED") return err(troubleOf(alive.error));
  const attempt = room.meetingAttempt + 1;
  const made = await createMeeting(deps, room.id, attempt);
  return made.ok ? ok({ kind: "remade", meeting: made.value, attempt }) : made;
}

async function record(
  deps: Deps,
  { actor, roomId, seat, opened }: { actor: Actor; roomId: string; seat: RoomSeat; opened: Opened },
): Promise<Result<void, Refusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<void, Refusal>> => {
    const room = await findRoom(tx, roomId, { lock: true });
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    const now = deps.clock.now();
    const over = overRefusal(room, now);
    if (over) return err(over);
    const current = await seatBy(tx, seat.inviteId);
    if (!current || current.removedAt) return err({ code: "SEAT_UNKNOWN" });
    // A rival may have made the next meeting before us; then theirs counts.
    if (opened.kind === "remade" && room.meetingAttempt < opened.attempt)
      await tx
        .update(rooms)
        .set({ meetingId: opened.meeting.meetingId, meeting: opened.meeting, meetingAttempt: opened.attempt })
        .where(eq(rooms.id, roomId));
    const gone = opened.kind !== "open" || current.attendeeId !== seat.attendeeId;
    await tx
      .update(roomSeats)
      .set({ admittedAt: now, waitingSince: null, ...(gone && { attendeeId: null, credentials: null }) })
      .where(eq(roomSeats.inviteId, seat.inviteId));
    const metadata = { roomId, role: seat.role };
    await recordAudit(tx, { event: "PARTY_ADMITTED", actor, tokenId: seat.inviteId, metadata });
    await tellRoom(tx, roomId);
    return ok(undefined);
  });
}
