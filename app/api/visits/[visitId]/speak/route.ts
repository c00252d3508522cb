import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { letSpeak } from "@/lib/visits/change-rights";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/speak",
  summary: "Lets a student be heard and seen, or not any more.",
  answer: z.object({ visitId: id, seatId: id, maySpeak: z.boolean() }),
  refuses: [...refusals.visit, ...refusals.seat, ...refusals.closed, ...refusals.cloud, "SPEAKS_ANYWAY"],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({
    seatId: input.seatId,
    maySpeak: z.boolean(),
    sessionToken: input.sessionToken.optional(),
  }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    const { seatId, maySpeak } = knock.body;
    return letSpeak(knock.deps, { actor: actor.value, visitId: knock.params.visitId!, seatId, maySpeak });
  },
});
