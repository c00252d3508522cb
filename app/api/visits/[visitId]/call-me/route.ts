import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { askCall } from "@/lib/visits/ask-call";
import { seatHolder } from "@/lib/visits/seat-holder";

/**
 * POST /api/visits/:visitId/call-me?seat=… `{number?}`: the patient asks to be called on the telephone. Nothing dials: staff see it. Proof
 * is the browser that spent the link of this seat, for a day after the visit as well.
 */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/call-me",
  query: z.object({ seat: input.seatId }),
  body: z.object({ number: input.typedPhone.optional() }),
  status: 201,
  run: async ({ deps, params, query, holder, origin, body }) => {
    const actor = await seatHolder(deps, { visitId: params.visitId!, seatId: query.seat, holder, origin });
    return actor.ok ? askCall(deps, { actor: actor.value, holder, number: body.number }) : actor;
  },
});
