import { z } from "zod";
import { linkPage } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { linkStatuses, listLinks } from "@/lib/visits/list-links";

export const GET = endpoint({
  route: "GET /api/links",
  summary: "What became of the links of all visits, newest first.",
  details:
    "Those that ran out come by when they did, and `from` and `to` are meant so. No link itself is in the answer, and nothing that opens one. Each look is recorded.",
  answer: linkPage,
  refuses: ["FORBIDDEN"],
  query: z.object({
    status: z.enum(linkStatuses).optional(),
    from: input.instant.optional(),
    to: input.instant.optional(),
    patientId: input.personId.optional(),
    ...input.page,
  }),
  run: ({ deps, actor, query }) => listLinks(deps, { actor, ...query }),
});
