import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { surveyAnswers } from "@/lib/kernel/measured";
import { answerSurvey } from "@/lib/visits/feedback";
import { seatHolder } from "@/lib/visits/seat-holder";

/**
 * POST /api/visits/:visitId/survey?seat=… `{answer}`: how it was for the patient. Sessions end with the visit, so the proof is the browser
 * that spent the link of this seat; for a day after the visit.
 */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/survey",
  query: z.object({ seat: input.seatId }),
  body: z.object({ answer: z.enum(surveyAnswers) }),
  run: async ({ deps, params, query, holder, origin, body }) => {
    const actor = await seatHolder(deps, { visitId: params.visitId!, seatId: query.seat, holder, origin });
    return actor.ok ? answerSurvey(deps, { actor: actor.value, ...body }) : actor;
  },
});
