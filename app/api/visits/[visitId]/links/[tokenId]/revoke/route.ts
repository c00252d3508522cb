import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { revokeLink } from "@/lib/visits/revoke-link";
import { revokeReasons } from "@/lib/visits/revoke-reasons";

/** POST /api/visits/:visitId/links/:tokenId/revoke: takes one link back for good; who came in by it is out. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/links/[tokenId]/revoke",
  body: z.object({ reason: z.enum(revokeReasons) }),
  run: ({ deps, actor, params, body }) =>
    revokeLink(deps, { actor, visitId: params.visitId ?? "", tokenId: params.tokenId ?? "", ...body }),
});
