import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type SpokenLanguage, spokenLanguages } from "@/lib/ports/transcriber";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { closedRefusal, type SeatRefusal } from "./refusals";
import { findSeat } from "./seat";
import { statusOf } from "./status";

/** 409 `CAPTIONS_OFF`: this clinic hasn't set up captions, the visit's meeting is the contact centre's, or nobody transcribes the patient's language. */
export type CaptionsRefusal = SeatRefusal | { code: "CAPTIONS_OFF" };
type Asked = { actor: Actor; visitId: string; on: boolean };

/**
 * Captions for everybody inside, asked for by anybody inside: whoever can't hear must not have to ask leave first. All are told by the
 * meeting itself. The cloud first, then the record: should we die between, asking again is harmless.
 */
export async function setCaptions(
  deps: Need<"db" | "transcriber">,
  { actor, visitId, on }: Asked,
): Promise<Result<{ visitId: string; on: boolean }, CaptionsRefusal>> {
  const { transcriber } = deps;
  if (!transcriber) return err({ code: "CAPTIONS_OFF" });
  const look = await deps.db.asActor(actor, (tx) => meetingOf(tx, actor, visitId));
  if (!look.ok) return look;
  const { meetingId, language } = look.value;
  const told = on ? await transcriber.start(meetingId, language) : await transcriber.stop(meetingId);
  if (!told.ok)
    return told.error.code === "MEETING_ENDED" ? err({ code: "VISIT_NOT_ACTIVE" }) : err(told.error);
  return deps.db.asActor(actor, async (tx) => {
    await recordAudit(tx, {
      event: on ? "CAPTIONS_STARTED" : "CAPTIONS_STOPPED",
      actor,
      visitId,
      metadata: { language },
    });
    return ok({ visitId, on });
  });
}

async function meetingOf(
  tx: Parameters<typeof findVisit>[0],
  actor: Actor,
  visitId: string,
): Promise<Result<{ meetingId: string; language: SpokenLanguage }, CaptionsRefusal>> {
  const found = await findVisit(tx, visitId);
  if (!found) return err({ code: "VISIT_UNKNOWN" });
  if (actor.kind !== "link" || actor.visitId !== visitId) return err({ code: "FORBIDDEN" });
  const { visit, patient } = found;
  const closed = closedRefusal(statusOf(visit), visit);
  if (closed) return err(closed);
  const seat = await findSeat(tx, actor.voucherId);
  if (!seat || seat.removedAt || (actor.party !== "clinician" && !seat.admittedAt))
    return err({ code: "FORBIDDEN" });
  if (visit.route === "connect") return err({ code: "CAPTIONS_OFF" });
  if (!visit.meetingId) return err({ code: "VISIT_NOT_ACTIVE" });
  const language = spokenLanguages.find((known) => known === patient.locale);
  return language ? ok({ meetingId: visit.meetingId, language }) : err({ code: "CAPTIONS_OFF" });
}
