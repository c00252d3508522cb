import { z } from "zod";
import { cancelledVisit } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { cancelFollowing, cancelVisit } from "@/lib/visits/cancel-visit";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/cancel",
  summary: "Calls a visit off and tells whoever was told of it.",
  details:
    "With `following`, all visits of its series that follow are off as well; whoever was told is told once.",
  answer: cancelledVisit,
  refuses: [...refusals.visit, ...refusals.closed, "NOT_REPEATED"],
  body: z.object({
    reason: z.string().trim().min(1).max(500).optional(),
    following: z.boolean().optional(),
  }),
  run: ({ deps, actor, body: { following, reason }, params }) =>
    (following ? cancelFollowing : cancelVisit)(deps, { actor, visitId: params.visitId!, reason }),
});
