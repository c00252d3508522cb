import { z } from "zod";
import { joinLinks } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { issueJoinLinks } from "@/lib/visits/issue-join-links";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/links",
  summary: "Makes a join link for each role (seed 4, 2).",
  details: "The answer holds credentials. Without `ttlMinutes` a link lasts until the visit's window closes.",
  answer: joinLinks,
  refuses: [...refusals.visit, ...refusals.closed, "VISIT_WINDOW_CLOSED"],
  body: z.object({
    roles: z.array(input.party).min(1).default(["patient", "clinician"]),
    ttlMinutes: z.number().int().min(1).max(43_200).optional(),
  }),
  run: ({ deps, actor, body, params }) => issueJoinLinks(deps, { actor, visitId: params.visitId!, ...body }),
});
