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
import { findVisit } from "./find-visit";
import { closedRefusal, type SeatRefusal } from "./refusals";
import { type SeatRow, seatsOf } from "./seat";
import type { SeatActor } from "./seat-holder";
import { statusOf } from "./status";

type Deps = Need<"db" | "clock" | "env" | "recorder">;
type Told = { visitId: string; recordingId: string };

const inCall = (seat: SeatRow) => Boolean(seat.admittedAt && !seat.leftAt && !seat.removedAt);

/** The open visit in which this actor sits. A visit that the contact centre connects has no meeting of ours to record. */
function inside({ db, clock }: Deps, actor: SeatActor): Enter<SeatRefusal> {
  return <T, Extra extends { code: string }>(work: Work<T, Extra>) =>
    db.asActor(clerk, async (tx): Promise<Result<T, Extra | SeatRefusal>> => {
      const found = await findVisit(tx, actor.visitId, { lock: true });
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      const { visit } = found;
      const closed = closedRefusal(statusOf(visit), visit);
      if (closed) return err(closed);
      const links = (await seatsOf(tx, visit.id)).filter(inCall).map(({ voucherId }) => voucherId);
      if (!links.includes(actor.voucherId)) return err({ code: "FORBIDDEN" });
      const meetingId = visit.route === "connect" ? null : visit.meetingId;
      return work(tx, { meetingId, links, now: clock.now() });
    });
}

/** The clinician asks everybody inside whether the visit's sound, or its sound and picture, may be recorded. */
export async function askToRecordVisit(
  deps: Deps,
  actor: SeatActor,
  what: { withPicture: boolean },
): Promise<Result<Told, SeatRefusal | AskRefusal>> {
  const asked = await askCall(deps, actor, inside(deps, actor), what);
  return asked.ok ? ok({ visitId: actor.visitId, ...asked.value }) : asked;
}

export async function answerVisitRecording(
  deps: Deps,
  given: { actor: SeatActor; recordingId: string; agreed: boolean },
): Promise<Result<Told, SeatRefusal | { code: "RECORDING_OVER" }>> {
  const answered = await answerCall(deps, given, inside(deps, given.actor));
  return answered.ok ? ok({ visitId: given.actor.visitId, ...answered.value }) : answered;
}

export async function stopVisitRecording(
  deps: Deps,
  actor: SeatActor,
): Promise<Result<{ visitId: string }, SeatRefusal | CloudRefusal>> {
  const stopped = await stopCall(deps, actor, inside(deps, actor));
  return stopped.ok ? ok({ visitId: actor.visitId }) : stopped;
}
