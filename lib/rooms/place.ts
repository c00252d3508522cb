import { err, ok, type Result } from "@/lib/kernel/result";
import {
  type Attendee,
  type Capabilities,
  type CloudRefusal,
  type Meeting,
  noCapability,
} from "@/lib/ports/meetings";
import type { Need } from "./deps";
import type { RoomActor } from "./redeem-invite";
import type { RoomRow } from "./room";
import { openAttendee, type RoomSeat, soundOnly } from "./seat";

export type Place = {
  meeting: Meeting;
  attendee: Attendee;
  /** Counts the meetings that this room has had. */
  attempt: number;
  /** What an attendee that was just made may do; null: it was there before. */
  made: Capabilities | null;
};
export type PlaceRefusal = CloudRefusal | { code: "ROOM_FULL" };

/** A host and a guest. An attendee is found again at each return, so that nobody needs a third place. */
const maxAttendees = 2;
/** A meeting that has to be made anew twice in a row is no coincidence any more. */
const remakes = 2;

export const mayBeHeard = (room: Pick<RoomRow, "lobby">, role: string, seat: RoomSeat | null): boolean =>
  role === "host" || !room.lobby || Boolean(seat?.admittedAt);

/** The meeting of the room's so-many-th attempt. Idempotent: the same attempt is the same meeting. */
export function createMeeting({ meetings }: Need<"meetings">, roomId: string, attempt: number) {
  return meetings.create({
    clientToken: `room-${roomId}-${attempt}`,
    // Seed 2: "500 Missing ExternalMeetingId". At most 64 characters.
    externalMeetingId: `room-${roomId}`,
    maxAttendees,
  });
}

/**
 * Finds or makes a seat's place. Every call may be repeated. A meeting that the cloud ended is made anew; so is one whose places are taken though
 * the room's own people have not both one: a crash left an attendee that nobody can use.
 */
export async function findPlace(
  deps: Need<"meetings" | "keyring">,
  {
    room,
    seat,
    others,
    actor,
  }: { room: RoomRow; seat: RoomSeat | null; others: RoomSeat[]; actor: RoomActor },
): Promise<Result<Place, PlaceRefusal>> {
  const { meetings } = deps;
  let attempt = room.meetingAttempt;
  let meeting = room.meetingId ? (room.meeting as Meeting) : null;
  const kept = seat && openAttendee(deps, seat);
  if (kept && meeting && seat.meetingId === meeting.meetingId) {
    const alive = await meetings.get(meeting.meetingId);
    if (alive.ok) return ok({ meeting: alive.value, attendee: kept, attempt, made: null });
    if (alive.error.code !== "MEETING_ENDED") return err(troubleOf(alive.error));
    meeting = null;
  }
  const made = mayBeHeard(room, actor.role, seat) ? soundOnly : noCapability;
  for (let remade = 0; ; remade++) {
    if (!meeting) {
      attempt += 1;
      const created = await createMeeting(deps, room.id, attempt);
      if (!created.ok) return created;
      meeting = created.value;
    }
    const { meetingId } = meeting;
    const added = await meetings.addAttendee(meetingId, {
      externalUserId: `${actor.role}-${actor.inviteId}`,
      capabilities: made,
    });
    if (added.ok) return ok({ meeting, attendee: added.value, attempt, made });
    const full = added.error.code === "MEETING_FULL";
    const taken = others.filter((other) => other.meetingId === meetingId && other.attendeeId).length;
    if (full && taken >= maxAttendees) return err({ code: "ROOM_FULL" });
    if (!full && added.error.code !== "MEETING_ENDED") return err(troubleOf(added.error));
    if (remade >= remakes) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
    meeting = null;
  }
}

/** Refusals that cannot follow from what we asked are the cloud's trouble, not the caller's. */
export function troubleOf(refusal: { code: string; retryAfterMs?: number }): CloudRefusal {
  const code = refusal.code === "CLOUD_THROTTLED" ? "CLOUD_THROTTLED" : "CLOUD_UNAVAILABLE";
  return { code, retryAfterMs: refusal.retryAfterMs ?? 3_000 };
}
