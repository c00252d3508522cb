import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { endConnectionCheck } from "@/lib/visits/end-connection-check";

const body = z.object({ checkId: z.guid() });

/** POST /api/connection/end: the check is over, and so is its meeting. */
export const POST = endpoint({
  route: "POST /api/connection/end",
  body,
  run: ({ deps, body }) => endConnectionCheck(deps, body),
});
