import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { letShare } from "@/lib/visits/change-rights";

/** POST /api/visits/:visitId/share: lets a seat show its screen, or not any more. The clinician's link may, and staff of the visit. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/share",
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({
    seatId: input.seatId,
    mayShare: z.boolean(),
    sessionToken: input.sessionToken.optional(),
  }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    const { seatId, mayShare } = knock.body;
    return letShare(knock.deps, { actor: actor.value, visitId: knock.params.visitId!, seatId, mayShare });
  },
});
