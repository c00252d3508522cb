import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { cancelVisit } from "@/lib/visits/cancel-visit";

/** POST /api/visits/:visitId/cancel: calls a visit off and tells whoever was told of it. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/cancel",
  body: z.object({ reason: z.string().trim().min(1).max(500).optional() }),
  run: ({ deps, actor, body, params }) => cancelVisit(deps, { actor, visitId: params.visitId!, ...body }),
});
