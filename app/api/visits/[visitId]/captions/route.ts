import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { setCaptions } from "@/lib/visits/set-captions";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/captions",
  summary: "Has what is said written down for everybody inside, or not any more.",
  answer: z.object({ visitId: id, on: z.boolean() }),
  refuses: [
    ...refusals.visit,
    ...refusals.seat,
    ...refusals.closed,
    ...refusals.cloud,
    "VISIT_NOT_ACTIVE",
    "CAPTIONS_OFF",
  ],
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
