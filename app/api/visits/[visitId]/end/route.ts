import { z } from "zod";
import { endpoint, isSignedIn } from "@/lib/http/endpoint";
import { readSessionToken } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { endVisit } from "@/lib/visits/end-visit";

/** POST /api/visits/:visitId/end (seed 4, 6): by the visit session, in the body or as Bearer, or by signed-in staff of the visit. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/end",
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
