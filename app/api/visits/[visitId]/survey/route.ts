import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { surveyAnswers } from "@/lib/kernel/measured";
import { answerSurvey } from "@/lib/visits/feedback";
import { seatHolder } from "@/lib/visits/seat-holder";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/survey",
  summary: "How it was for the patient, up to a day after the visit.",
  answer: z.object({ answer: z.enum(surveyAnswers) }),
  refuses: ["SEAT_UNKNOWN", "VISIT_UNKNOWN", "PATIENTS_ONLY", "FEEDBACK_CLOSED", "REPORTS_ENOUGH"],
  query: z.object({ seat: input.seatId }),
  body: z.object({ answer: z.enum(surveyAnswers) }),
  run: async ({ deps, params, query, holder, origin, body }) => {
    const actor = await seatHolder(deps, { visitId: params.visitId!, seatId: query.seat, holder, origin });
    return actor.ok ? answerSurvey(deps, { actor: actor.value, ...body }) : actor;
  },
});
