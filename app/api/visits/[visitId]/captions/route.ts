import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { setCaptions } from "@/lib/visits/set-captions";

/** POST /api/visits/:visitId/captions: has what is said written down for everybody inside, or not any more. Whoever is inside may. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/captions",
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ on: z.boolean(), sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return setCaptions(knock.deps, {
      actor: actor.value,
      visitId: knock.params.visitId!,
      on: knock.body.on,
    });
  },
});
