import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { listMessages, messageViews } from "@/lib/visits/list-messages";

/** GET /api/messages?view=trouble|waiting|all: what became of the messages of all visits, newest first. */
export const GET = endpoint({
  route: "GET /api/messages",
  query: z.object({ view: z.enum(messageViews).optional(), ...input.page }),
  run: ({ deps, actor, query }) => listMessages(deps, { actor, ...query }),
});
