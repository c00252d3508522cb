import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordingConsents, recordings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { clinicOf } from "@/lib/notifications/clinic";
import type { CloudRefusal } from "@/lib/ports/meetings";
import { tellRoom } from "../changed";
import type { Need } from "../deps";
import type { RoomActor } from "../redeem-invite";
import { findRoom, overRefusal, type RoomOver, type RoomRow, type RoomUnknown } from "../room";
import { type RoomSeat, seatsOf } from "../seat";
import { beginRecording } from "./begin-recording";
import { endRecording, stopCapture } from "./end-recording";
import { findLive } from "./recording";

type Deps = Need<"db" | "clock" | "env" | "recorder">;
type Common = RoomUnknown | RoomOver | { code: "FORBIDDEN" };
export type AskRefusal =
  | Common
  /** The clinic keeps no recordings. */
  | { code: "RECORDING_OFF" }
  /** Both must be in the call: nobody is recorded who could not be asked. */
  | { code: "RECORDING_ALONE" };
export type AnswerRefusal = Common | { code: "RECORDING_OVER" };
type Told = { roomId: string; recordingId: string };

const inCall = (seat: RoomSeat) => Boolean(seat.admittedAt && !seat.leftAt && !seat.removedAt);

/** The open room in which this actor sits, locked; as the server's clerk. */
function inside<T, Extra extends { code: string }>(
  { db, clock }: Deps,
  actor: RoomActor,
  work: (tx: Tx, at: { room: RoomRow; seats: RoomSeat[]; now: Date }) => Promise<Result<T, Extra | Common>>,
): Promise<Result<T, Extra | Common>> {
  return db.asActor(clerk, async (tx): Promise<Result<T, Extra | Common>> => {
    const room = await findRoom(tx, actor.roomId, { lock: true });
    if (!room) return err({ code: "ROOM_UNKNOWN" });
    const now = clock.now();
    const over = overRefusal(room, now);
    if (over) return err(over);
    const seats = (await seatsOf(tx, room.id)).filter(inCall);
    if (!seats.some(({ inviteId }) => inviteId === actor.inviteId)) return err({ code: "FORBIDDEN" });
    return work(tx, { room, seats, now });
  });
}

/** The host asks everybody inside, and has agreed by asking. Asking again while it is asked for or runs changes nothing. */
export async function askToRecord(deps: Deps, actor: RoomActor): Promise<Result<Told, AskRefusal>> {
  if (actor.role !== "host") return err({ code: "FORBIDDEN" });
  const { recordingDays } = await clinicOf(deps);
  if (!deps.recorder || recordingDays === null) return err({ code: "RECORDING_OFF" });
  return inside<Told, { code: "RECORDING_ALONE" }>(deps, actor, async (tx, { room, seats, now }) => {
    const { id: roomId, meetingId } = room;
    const live = await findLive(tx, roomId);
    if (live) return ok({ roomId, recordingId: live.id });
    if (seats.length < 2 || !meetingId) return err({ code: "RECORDING_ALONE" });
    const recordingId = randomUUID();
    await tx.insert(recordings).values({
      id: recordingId,
      roomId,
      meetingId,
      askedBy: actor.inviteId,
      askedAt: now,
      keepDays: recordingDays,
    });
    await noteAnswer(tx, { recordingId, actor, agreed: true, now });
    await recordAudit(tx, { event: "RECORDING_ASKED", actor, metadata: { roomId, recordingId } });
    await tellRoom(tx, roomId);
    return ok({ roomId, recordingId });
  });
}

/** One answer each. Who agrees last begins it; whoever refuses ends it, and the call goes on. */
export async function answerRecording(
  deps: Deps,
  { actor, recordingId, agreed }: { actor: RoomActor; recordingId: string; agreed: boolean },
): Promise<Result<Told, AnswerRefusal>> {
  const done = await inside<Told & { ready: boolean }, { code: "RECORDING_OVER" }>(
    deps,
    actor,
    async (tx, { room, seats, now }) => {
      const { id: roomId } = room;
      const live = await findLive(tx, roomId);
      if (live?.id !== recordingId) return err({ code: "RECORDING_OVER" });
      const told = { roomId, recordingId };
      await noteAnswer(tx, { recordingId, actor, agreed, now });
      const metadata = { ...told, role: actor.role };
      const event = agreed ? "RECORDING_AGREED" : "RECORDING_REFUSED";
      await recordAudit(tx, { event, actor, tokenId: actor.inviteId, metadata });
      if (!agreed) {
        await endRecording(tx, { roomId, reason: live.startedAt ? "withdrawn" : "refused", actor, now });
        return ok({ ...told, ready: false });
      }
      await tellRoom(tx, roomId);
      return ok({ ...told, ready: live.startingAt === null && (await allAgreed(tx, recordingId, seats)) });
    },
  );
  if (!done.ok) return done;
  const { ready, ...told } = done.value;
  if (ready) await beginRecording(deps, { recordingId, actor });
  else if (!agreed) await stopCapture(deps, recordingId);
  return ok(told);
}

/** Anybody inside ends it, at any time: the host by a press, the guest by taking back what they agreed to. Of none: success. */
export async function stopRecording(
  deps: Deps,
  actor: RoomActor,
): Promise<Result<{ roomId: string }, Common | CloudRefusal>> {
  const done = await inside<string | null, never>(deps, actor, async (tx, { room, now }) => {
    const live = await findLive(tx, room.id);
    const byHost = live?.startedAt ? "stopped" : "taken-back";
    const reason = actor.role === "host" ? byHost : "withdrawn";
    return ok(await endRecording(tx, { roomId: room.id, reason, actor, now }));
  });
  if (!done.ok) return done;
  if (done.value) await stopCapture(deps, done.value);
  return ok({ roomId: actor.roomId });
}

async function noteAnswer(
  tx: Tx,
  given: { recordingId: string; actor: RoomActor; agreed: boolean; now: Date },
): Promise<void> {
  const { recordingId, actor, agreed, now } = given;
  await tx
    .insert(recordingConsents)
    .values({ recordingId, inviteId: actor.inviteId, agreed, answeredAt: now })
    .onConflictDoNothing();
}

async function allAgreed(tx: Tx, recordingId: string, seats: readonly RoomSeat[]): Promise<boolean> {
  const answers = await tx
    .select()
    .from(recordingConsents)
    .where(eq(recordingConsents.recordingId, recordingId));
  return seats.every(({ inviteId }) => answers.some((one) => one.inviteId === inviteId && one.agreed));
}
