import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { visitRecordingActs } from "@/lib/http/recording-acts";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { answerVisitRecording, askToRecordVisit, stopVisitRecording } from "@/lib/visits/record-visit";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/recording",
  summary:
    "Asks those in the visit whether its sound, or its sound and picture, may be recorded, answers that, or ends it.",
  details:
    "The clinician asks, and agrees by asking. It begins when everybody inside has agreed; a refusal ends it, and the visit goes on. Whoever is inside may stop it at any time. The live state tells how it stands.",
  answer: z.object({ visitId: id, recordingId: id.optional() }),
  refuses: [
    ...refusals.visit,
    ...refusals.seat,
    ...refusals.closed,
    ...refusals.cloud,
    "VISIT_NOT_ACTIVE",
    "RECORDING_OFF",
    "RECORDING_ALONE",
    "RECORDING_OVER",
  ],
  query: z.object({ seat: input.seatId.optional() }),
  body: visitRecordingActs,
  run: async ({ body, ...knock }) => {
    const speaker = await visitActor(knock, readSessionToken(knock.request, body));
    if (!speaker.ok) return speaker;
    const actor = speaker.value;
    // Whoever isn't inside has nothing to agree to.
    if (actor.kind !== "link" || actor.visitId !== knock.params.visitId)
      return err({ code: "FORBIDDEN" } as const);
    if (body.act === "ask") return askToRecordVisit(knock.deps, actor, body);
    if (body.act === "stop") return stopVisitRecording(knock.deps, actor);
    const { recordingId } = body;
    return answerVisitRecording(knock.deps, { actor, recordingId, agreed: body.act === "agree" });
  },
});
