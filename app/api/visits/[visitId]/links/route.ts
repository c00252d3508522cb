import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { issueJoinLinks } from "@/lib/visits/issue-join-links";

/** POST /api/visits/:visitId/links: a join link for each role (seed 4, 2). The answer holds credentials. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/links",
  body: z.object({
    roles: z.array(input.party).min(1).default(["patient", "clinician"]),
    ttlMinutes: z.number().int().min(1).max(43_200).optional(),
  }),
  run: ({ deps, actor, body, params }) => issueJoinLinks(deps, { actor, visitId: params.visitId!, ...body }),
});
