import { z } from "zod";
import { time } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { askCall } from "@/lib/visits/ask-call";
import { seatHolder } from "@/lib/visits/seat-holder";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/call-me",
  summary: "The patient asks to be called on the telephone.",
  details: "Nothing dials: staff see it. For a day after the visit as well.",
  answer: z.object({ askedAt: time }),
  refuses: [
    "SEAT_UNKNOWN",
    "VISIT_UNKNOWN",
    "PATIENTS_ONLY",
    "FEEDBACK_CLOSED",
    "NUMBER_NEEDED",
    "CALL_ASKED_ENOUGH",
  ],
  query: z.object({ seat: input.seatId }),
  body: z.object({ number: input.typedPhone.optional() }),
  status: 201,
  run: async ({ deps, params, query, holder, origin, body }) => {
    const actor = await seatHolder(deps, { visitId: params.visitId!, seatId: query.seat, holder, origin });
    return actor.ok ? askCall(deps, { actor: actor.value, holder, number: body.number }) : actor;
  },
});
