import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { admitParty } from "@/lib/visits/admit-party";

/** POST /api/visits/:visitId/admit: lets a waiting seat in, or all that wait. The clinician's link may, and staff of the visit. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/admit",
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ seatId: input.seatId.optional(), sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return admitParty(knock.deps, {
      actor: actor.value,
      visitId: knock.params.visitId!,
      seatId: knock.body.seatId,
    });
  },
});
