import { z } from "zod";
import { messagePage } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { listMessages, messageViews } from "@/lib/visits/list-messages";

export const GET = endpoint({
  route: "GET /api/messages",
  summary: "What became of the messages of all visits, newest first.",
  answer: messagePage,
  refuses: ["FORBIDDEN"],
  query: z.object({ view: z.enum(messageViews).optional(), ...input.page }),
  run: ({ deps, actor, query }) => listMessages(deps, { actor, ...query }),
});
