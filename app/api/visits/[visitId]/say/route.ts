import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { tellWaiting } from "@/lib/visits/tell-waiting";

/**
 * POST /api/visits/:visitId/say `{words: {preset} | {text}}`: a message to the patient who waits, who sees and hears it at once. A preset
 * comes in the patient's own language. The clinician's link may, and staff of the visit.
 */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/say",
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ words: input.waitingWords, sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return tellWaiting(knock.deps, {
      actor: actor.value,
      visitId: knock.params.visitId!,
      words: knock.body.words,
    });
  },
});
