import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { admitParty } from "@/lib/visits/admit-party";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/admit",
  summary: "Lets a waiting seat in, or all that wait.",
  answer: z.object({ visitId: id, admitted: z.array(id) }),
  refuses: [...refusals.visit, ...refusals.seat, ...refusals.closed, ...refusals.cloud, "VISIT_NOT_ACTIVE"],
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
