import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import {
  type AskRefusal,
  answerCall,
  askCall,
  type Enter,
  stopCall,
  type Work,
} from "@/lib/recordings/record-call";
import type { Need } from "./deps";
import type { RoomActor } from "./redeem-invite";
import { findRoom, overRefusal, type RoomOver, type RoomUnknown } from "./room";
import { type RoomSeat, seatsOf } from "./seat";

type Deps = Need<"db" | "clock" | "env" | "recorder">;
type Common = RoomUnknown | RoomOver | { code: "FORBIDDEN" };
type Told = { roomId: string; recordingId: string };

const inCall = (seat: RoomSeat) => Boolean(seat.admittedAt && !seat.leftAt && !seat.removedAt);

/** The open room in which this actor sits. */
function inside({ db, clock }: Deps, actor: RoomActor): Enter<Common> {
  return <T, Extra extends { code: string }>(work: Work<T, Extra>) =>
    db.asActor(clerk, async (tx): Promise<Result<T, Extra | Common>> => {
      const room = await findRoom(tx, actor.roomId, { lock: true });
      if (!room) return err({ code: "ROOM_UNKNOWN" });
      const now = clock.now();
      const over = overRefusal(room, now);
      if (over) return err(over);
      const links = (await seatsOf(tx, room.id)).filter(inCall).map(({ inviteId }) => inviteId);
      if (!links.includes(actor.inviteId)) return err({ code: "FORBIDDEN" });
      return work(tx, { meetingId: room.meetingId, links, now });
    });
}

/** The host asks whether the room may be recorded. */
export async function askToRecord(deps: Deps, actor: RoomActor): Promise<Result<Told, Common | AskRefusal>> {
  const asked = await askCall(deps, actor, inside(deps, actor), { withPicture: false });
  return asked.ok ? ok({ roomId: actor.roomId, ...asked.value }) : asked;
}

export async function answerRecording(
  deps: Deps,
  given: { actor: RoomActor; recordingId: string; agreed: boolean },
): Promise<Result<Told, Common | { code: "RECORDING_OVER" }>> {
  const answered = await answerCall(deps, given, inside(deps, given.actor));
  return answered.ok ? ok({ roomId: given.actor.roomId, ...answered.value }) : answered;
}

export async function stopRecording(
  deps: Deps,
  actor: RoomActor,
): Promise<Result<{ roomId: string }, Common | CloudRefusal>> {
  const stopped = await stopCall(deps, actor, inside(deps, actor));
  return stopped.ok ? ok({ roomId: actor.roomId }) : stopped;
}
