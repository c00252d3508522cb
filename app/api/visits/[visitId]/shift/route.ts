import { z } from "zod";
import { shiftedVisits } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { refusedDates } from "@/lib/http/refused-dates";
import * as input from "@/lib/http/visit-inputs";
import { shiftFollowing } from "@/lib/visits/shift-following";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/shift",
  summary: "Moves a visit and all of its series that follow by the same difference: all of them or none.",
  details:
    "The time of day moves by the clocks of the series' zone. Whoever was told of them is told once. One visit alone: PATCH /api/visits/{visitId}.",
  answer: shiftedVisits,
  refuses: [...refusals.visit, ...refusals.closed, "VISIT_ACTIVE", "NOT_REPEATED", "SERIES_DATES_REFUSED"],
  refused: refusedDates,
  body: z.object({ scheduledAt: input.instant }),
  run: ({ deps, actor, body, params }) => shiftFollowing(deps, { actor, visitId: params.visitId!, ...body }),
});
