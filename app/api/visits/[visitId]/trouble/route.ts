import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { measured } from "@/lib/http/measured-input";
import * as input from "@/lib/http/visit-inputs";
import { troubleKinds } from "@/lib/kernel/measured";
import { reportTrouble } from "@/lib/visits/feedback";
import { seatHolder } from "@/lib/visits/seat-holder";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/trouble",
  summary: "What went wrong in a call, with the call's own numbers.",
  answer: z.object({ reportId: id }),
  refuses: ["SEAT_UNKNOWN", "VISIT_UNKNOWN", "PATIENTS_ONLY", "FEEDBACK_CLOSED", "REPORTS_ENOUGH"],
  query: z.object({ seat: input.seatId }),
  body: z.object({ what: z.enum(troubleKinds), measured }),
  status: 201,
  run: async ({ deps, params, query, holder, origin, body }) => {
    const actor = await seatHolder(deps, { visitId: params.visitId!, seatId: query.seat, holder, origin });
    return actor.ok ? reportTrouble(deps, { actor: actor.value, ...body }) : actor;
  },
});
