import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { roomSeats, rooms } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups, noteCleanups } from "@/lib/cleanups/cloud-cleanups";
import { clerk, type Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Guarded } from "@/lib/limits/guess-limits";
import { beforeNewcomer } from "@/lib/recordings/before-newcomer";
import type { JoinedRoom } from "./answers";
import { tellRoom } from "./changed";
import type { Need } from "./deps";
import { findPlace, mayBeHeard, type Place, type PlaceRefusal } from "./place";
import { type InviteRefusal, type Presented, type RoomActor, redeemInvite } from "./redeem-invite";
import { findRoom, overRefusal, type RoomOver, type RoomRow } from "./room";
import { openAttendee, type RoomSeat, sealAttendee, seatBy, seatsOf, soundOnly } from "./seat";

export type JoinRefusal = InviteRefusal | PlaceRefusal | RoomOver;
type Deps = Need<
  "db" | "clock" | "keyring" | "signer" | "env" | "meetings" | "contactCentre" | "recorder" | "log"
> &
  Guarded;
type Taken =
  | { kind: "seated"; joined: JoinedRoom }
  | { kind: "refused"; refusal: JoinRefusal }
  | { kind: "moved" };

/** The room's meeting may change between our look and our note of it; that it does so thrice is no coincidence. */
const tries = 3;

/**
 * Spends an invite and takes its holder's seat. Three phases, each complete in itself, as with a visit: the invite, committed; the cloud, by client
 * tokens; the seat, in one transaction. Whatever dies between two of them, the same holder calls again and gets in, and nobody else does.
 *
 * @param roomId of the address, where it has one.
 * @see seed 2, "join".
 */
export async function joinRoom(
  deps: Deps,
  asked: { presented: Presented; roomId?: string; holder: string; origin: Origin },
): Promise<Result<JoinedRoom, JoinRefusal>> {
  const spent = await redeemInvite(deps, asked);
  if (!spent.ok) return spent;
  const actor = spent.value;
  for (let tried = 0; tried < tries; tried++) {
    const seen = await deps.db.asActor(actor, async (tx) => ({
      room: await findRoom(tx, actor.roomId),
      seats: await seatsOf(tx, actor.roomId),
    }));
    if (!seen.room) return err({ code: "TOKEN_INVALID" });
    const { room, seats } = seen;
    const seat = seats.find(({ inviteId }) => inviteId === actor.inviteId) ?? null;
    const others = seats.filter(({ inviteId }) => inviteId !== actor.inviteId);
    const over = overRefusal(room, deps.clock.now());
    if (over) return err(over);
    const cleared = seat
      ? ok(undefined)
      : await beforeNewcomer(deps, { call: { roomId: actor.roomId }, link: actor.inviteId, actor });
    if (!cleared.ok) return cleared;
    const placed = await findPlace(deps, { room, seat, others, actor });
    if (!placed.ok) return placed;
    const taken = await takeSeat(deps, actor, placed.value);
    if (taken.kind === "seated") return ok(taken.joined);
    await discardPlace(deps, actor.roomId, placed.value);
    if (taken.kind === "refused") return err(taken.refusal);
  }
  return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
}

function takeSeat(deps: Deps, actor: RoomActor, place: Place): Promise<Taken> {
  const { roomId, inviteId, role } = actor;
  return deps.db.asActor(actor, async (tx): Promise<Taken> => {
    const now = deps.clock.now();
    const room = await findRoom(tx, roomId, { lock: true });
    if (!room) return { kind: "refused", refusal: { code: "TOKEN_INVALID" } };
    const over = overRefusal(room, now);
    if (over) return { kind: "refused", refusal: over };
    const seat = await seatBy(tx, inviteId);
    if (seat?.removedAt) return { kind: "refused", refusal: { code: "ROOM_REMOVED" } };
    // Locked while the cloud made their place: only those who sat here already may come (back) in.
    if (!seat && room.lockedAt) return { kind: "refused", refusal: { code: "ROOM_LOCKED" } };
    if (room.meetingId !== place.meeting.meetingId && place.attempt <= room.meetingAttempt)
      return { kind: "moved" };
    if (isElsewhere(deps, seat, place) || outdated(room, role, seat, place)) return { kind: "moved" };

    const { meeting, attendee, attempt } = place;
    const { meetingId } = meeting;
    if (room.meetingId !== meetingId)
      await tx.update(rooms).set({ meetingId, meeting, meetingAttempt: attempt }).where(eq(rooms.id, roomId));
    const admittedAt = seat?.admittedAt ?? (mayBeHeard(room, role, seat) ? now : null);
    const sessionToken = randomBytes(32).toString("base64url");
    const values = {
      meetingId,
      attendeeId: attendee.attendeeId,
      credentials: sealAttendee(deps, inviteId, attendee),
      sessionHash: deps.keyring.hash("room-session", sessionToken),
      waitingSince: admittedAt ? null : ((seat?.leftAt ? null : seat?.waitingSince) ?? now),
      admittedAt,
      leftAt: null,
      presentAt: now,
    };
    await tx
      .insert(roomSeats)
      .values({ inviteId, roomId, role, ...values })
      .onConflictDoUpdate({ target: roomSeats.inviteId, set: values });
    const event = seat ? "PARTY_REJOINED" : admittedAt ? "PARTY_ADMITTED" : "PARTY_WAITING";
    await recordAudit(tx, { event, actor, metadata: { roomId, role, meeting_id: meetingId } });
    await tellRoom(tx, roomId);
    return {
      kind: "seated",
      joined: {
        role,
        chimeJoinInfo: { meeting, attendee },
        sessionToken,
        roomId,
        seatId: inviteId,
        admitted: admittedAt !== null,
        generation: attempt,
        expiresAt: room.expiresAt.toISOString(),
      },
    };
  });
}

/** A rival of the same holder was faster and sits elsewhere in this very meeting: theirs counts. */
function isElsewhere(deps: Deps, seat: RoomSeat | null, { meeting, attendee }: Place): boolean {
  if (!seat?.attendeeId || seat.meetingId !== meeting.meetingId) return false;
  return openAttendee(deps, seat)?.attendeeId !== attendee.attendeeId;
}

/** The host let them in while the cloud made their place. */
function outdated(room: RoomRow, role: string, seat: RoomSeat | null, { made }: Place): boolean {
  return made !== null && (made.audio === soundOnly.audio) !== mayBeHeard(room, role, seat);
}

/** Takes back what the cloud made and nobody sits in. A rival may use the meeting, while the room is open. */
async function discardPlace(deps: Deps, roomId: string, { meeting, attendee }: Place): Promise<void> {
  const { meetingId } = meeting;
  const ids = await deps.db.asActor(clerk, async (tx) => {
    const room = await findRoom(tx, roomId);
    const open = room && !overRefusal(room, deps.clock.now());
    const { attendeeId } = attendee;
    return noteCleanups(tx, { roomId }, [
      open ? { kind: "attendee", target: meetingId, attendeeId } : { kind: "meeting", target: meetingId },
    ]);
  });
  await finishCleanups(deps, ids);
}
