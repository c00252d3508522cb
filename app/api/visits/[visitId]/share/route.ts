import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { letShare } from "@/lib/visits/change-rights";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/share",
  summary: "Lets a seat show its screen, or not any more.",
  answer: z.object({ visitId: id, seatId: id, mayShare: z.boolean() }),
  refuses: [...refusals.visit, ...refusals.seat, ...refusals.closed, ...refusals.cloud, "SPEAKS_ANYWAY"],
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
