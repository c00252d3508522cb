import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { endConnectionCheck } from "@/lib/visits/end-connection-check";

const body = z.object({ checkId: z.guid() });

export const POST = endpoint({
  route: "POST /api/connection/end",
  summary: "The check of the way to the media host is over, and so is its meeting.",
  answer: z.object({}),
  body,
  run: ({ deps, body }) => endConnectionCheck(deps, body),
});
