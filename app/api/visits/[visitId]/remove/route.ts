import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { removeParty } from "@/lib/visits/remove-party";

/** POST /api/visits/:visitId/remove: takes a seat out of the visit. The clinician's link may, and staff of the visit. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/remove",
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ seatId: input.seatId, sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return removeParty(knock.deps, {
      actor: actor.value,
      visitId: knock.params.visitId!,
      seatId: knock.body.seatId,
    });
  },
});
