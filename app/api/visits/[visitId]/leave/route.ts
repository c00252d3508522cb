import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { leaveVisit } from "@/lib/visits/leave-visit";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/leave",
  summary: "A party goes and may come back; the visit goes on.",
  details: "A page may send it as a beacon while it closes.",
  answer: z.object({ visitId: id }),
  refuses: [...refusals.seat],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const { deps, origin, params, request, body } = knock;
    const visitId = params.visitId!;
    const sessionToken = readSessionToken(request, body);
    if (sessionToken) return leaveVisit(deps, { visitId, sessionToken, origin });
    const actor = await visitActor(knock);
    if (!actor.ok) return actor;
    // Staff who watch hold no seat, so there is nothing for them to leave.
    return actor.value.kind === "link"
      ? leaveVisit(deps, { visitId, actor: actor.value })
      : err({ code: "SESSION_INVALID" } as const);
  },
});
