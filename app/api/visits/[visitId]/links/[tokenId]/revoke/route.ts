import { z } from "zod";
import { id } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { revokeLink } from "@/lib/visits/revoke-link";
import { revokeReasons } from "@/lib/visits/revoke-reasons";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/links/[tokenId]/revoke",
  summary: "Takes one link back for good; who came in by it is out.",
  answer: z.object({ visitId: id, tokenId: id }),
  refuses: [...refusals.visit, "LINK_CLOSED"],
  body: z.object({ reason: z.enum(revokeReasons) }),
  run: ({ deps, actor, params, body }) =>
    revokeLink(deps, { actor, visitId: params.visitId ?? "", tokenId: params.tokenId ?? "", ...body }),
});
