import { z } from "zod";
import { endedVisit } from "@/lib/http/answers/visit";
import { endpoint, isSignedIn } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { endVisit } from "@/lib/visits/end-visit";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/end",
  summary: "Ends a visit, or one party's part in it (seed 4, 6).",
  details:
    "Staff and the clinician end it for all; a patient only leaves while others stay, and a guest always. Notes are kept from a signed-in clinician or admin alone.",
  answer: endedVisit,
  refuses: [...refusals.visit, ...refusals.closed, "SESSION_INVALID", "VISIT_NOT_ACTIVE"],
  body: z.object({
    sessionToken: input.sessionToken.optional(),
    endReason: z.string().trim().min(1).max(100).optional(),
    duration: z.number().int().min(0).max(86_400).optional(),
    notes: z.string().max(20_000).optional(),
  }),
  run: ({ deps, actor, body, params, origin, request }) =>
    endVisit(deps, {
      ...body,
      visitId: params.visitId!,
      origin,
      sessionToken: readSessionToken(request, body),
      actor: isSignedIn(actor) ? actor : undefined,
    }),
});
