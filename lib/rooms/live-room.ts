import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomSeats } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { roomRoles } from "@/lib/kernel/room-role";
import { clinicOf } from "@/lib/notifications/clinic";
import { endRecording } from "@/lib/recordings/end-recording";
import { liveRecording } from "@/lib/recordings/live-recording";
import type { LiveRoom, PersonState, RoomPerson } from "./answers";
import { tellRoom } from "./changed";
import type { Need } from "./deps";
import { linkStatesOf } from "./link-states";
import { mayManageRoom } from "./permit";
import type { RoomActor } from "./redeem-invite";
import { findRoom, type RoomUnknown, stateOf } from "./room";
import { hereMs, isHere, type RoomSeat, seatBy, seatsOf } from "./seat";

/** A page tells every 15 s that it is there: less, so that none of it goes unnoted. */
const noteEveryMs = 10_000;

/** Who is where in a room, now, as this actor may see it. Also notes that the holder of a seat is there. */
export async function liveRoom(
  deps: Need<"db" | "clock" | "env" | "recorder">,
  { actor, roomId }: { actor: Actor; roomId: string },
): Promise<Result<LiveRoom, RoomUnknown>> {
  const clinic = await clinicOf(deps);
  return deps.db.asActor(actor, async (tx): Promise<Result<LiveRoom, RoomUnknown>> => {
    const room = await findRoom(tx, roomId);
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    const now = deps.clock.now();
    const inviteId = actor.kind === "room-invite" ? actor.inviteId : null;
    const seats = await seatsOf(tx, roomId);
    const own = seats.find((seat) => seat.inviteId === inviteId);
    const state = stateOf(room, now);
    if (own) {
      const noted = await notePresence(tx, own.inviteId, now);
      if (noted && !isHere(own, now)) await tellRoom(tx, roomId);
    }
    return ok({
      state,
      generation: room.meetingAttempt,
      now: now.toISOString(),
      expiresAt: room.expiresAt.toISOString(),
      locked: room.lockedAt !== null,
      you: {
        role: own?.role ?? null,
        admitted: Boolean(own?.admittedAt && !own.removedAt),
        removed: Boolean(own?.removedAt),
        rejoin: Boolean(
          own &&
            state === "open" &&
            !own.removedAt &&
            !own.leftAt &&
            (!own.attendeeId || own.meetingId !== room.meetingId),
        ),
      },
      people: peopleOf(seats),
      mayRecord: own?.role === "host" && deps.recorder !== null && clinic.recordingDays !== null,
      recording: await liveRecording(tx, { roomId }, inviteId),
      ...(state === "open" && mayManageRoom(actor, room) && (await forStaff(tx, roomId, seats, now))),
    });
  });
}

async function forStaff(
  tx: Tx,
  roomId: string,
  seats: readonly RoomSeat[],
  now: Date,
): Promise<Required<Pick<LiveRoom, "here" | "links">>> {
  const linkState = await linkStatesOf(tx, [roomId]);
  return {
    here: seats.filter((seat) => isHere(seat, now)).map(({ inviteId }) => inviteId),
    links: { host: linkState(roomId, "host"), guest: linkState(roomId, "guest") },
  };
}

/** Host and guest, each by the seat that counts: one that was taken out is shown only while no other has come. */
export function peopleOf(seats: readonly RoomSeat[]): RoomPerson[] {
  return roomRoles.map((role) => {
    const all = seats.filter((seat) => seat.role === role);
    const seat = all.find(({ removedAt }) => !removedAt) ?? all.at(-1);
    if (!seat) return { role, seatId: null, state: "absent", waitingSince: null };
    const state = personState(seat);
    const waitingSince = state === "waiting" ? (seat.waitingSince?.toISOString() ?? null) : null;
    return { role, seatId: seat.inviteId, state, waitingSince };
  });
}

function personState(seat: RoomSeat): PersonState {
  if (seat.removedAt || seat.leftAt) return "left";
  return seat.admittedAt ? "in-call" : "waiting";
}

/** @returns whether it was written: not so soon again, nor of somebody who left or was taken out. */
async function notePresence(tx: Tx, inviteId: string, now: Date, last = false): Promise<boolean> {
  const before = new Date(now.getTime() - (last ? 0 : noteEveryMs));
  const { leftAt, removedAt, presentAt } = roomSeats;
  const noted = await tx
    .update(roomSeats)
    .set({ presentAt: now })
    .where(
      and(
        eq(roomSeats.inviteId, inviteId),
        isNull(leftAt),
        isNull(removedAt),
        or(isNull(presentAt), lt(presentAt, before)),
      ),
    )
    .returning({ id: roomSeats.inviteId });
  return noted.length > 0;
}

/** They say that they go. They may come back while the room is open. */
export async function leaveRoom(
  deps: Need<"db" | "clock">,
  actor: RoomActor,
): Promise<Result<{ roomId: string }, RoomUnknown>> {
  const { roomId, inviteId } = actor;
  return deps.db.asActor(actor, async (tx): Promise<Result<{ roomId: string }, RoomUnknown>> => {
    if (!(await findRoom(tx, roomId))) return err({ code: "ROOM_UNKNOWN" });
    const left = await tx
      .update(roomSeats)
      .set({ leftAt: deps.clock.now(), waitingSince: null })
      .where(and(eq(roomSeats.inviteId, inviteId), isNull(roomSeats.leftAt)))
      .returning({ id: roomSeats.inviteId });
    if (left.length > 0) {
      await recordAudit(tx, { event: "PARTY_LEFT", actor, metadata: { roomId, role: actor.role } });
      await endRecording(tx, { call: { roomId }, reason: "left", actor, now: deps.clock.now() });
      await tellRoom(tx, roomId);
    }
    return ok({ roomId });
  });
}

/**
 * A page's live channel closed: by a reload, a killed tab, a network that went. If its holder is not back in time, that is news.
 *
 * @param after calls once, in so many milliseconds.
 */
export async function noteRoomSilence(
  deps: Need<"db" | "clock">,
  actor: RoomActor,
  after: (ms: number, run: () => Promise<void>) => void,
): Promise<void> {
  await deps.db.asActor(actor, (tx) => notePresence(tx, actor.inviteId, deps.clock.now(), true));
  after(hereMs, () =>
    deps.db.asActor(actor, async (tx) => {
      const seat = await seatBy(tx, actor.inviteId);
      if (!seat || seat.leftAt || seat.removedAt || isHere(seat, deps.clock.now())) return;
      await tellRoom(tx, actor.roomId);
    }),
  );
}
