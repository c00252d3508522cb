import { z } from "zod";
import { cancelledVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { cancelVisit } from "@/lib/visits/cancel-visit";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/cancel",
  summary: "Calls a visit off and tells whoever was told of it.",
  answer: cancelledVisit,
  refuses: [...refusals.visit, ...refusals.closed],
  body: z.object({ reason: z.string().trim().min(1).max(500).optional() }),
  run: ({ deps, actor, body, params }) => cancelVisit(deps, { actor, visitId: params.visitId!, ...body }),
});
