import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { receiveEvent } from "@/lib/notifications/receive-event";
import { tellChanged } from "@/lib/visits/changed";

/**
 * POST /api/events/messages: what became of our messages, and texts sent to us, as SNS posts them (`text/plain`, signed).
 * 200 also for one that came before, so that the provider stops repeating it.
 */
export const POST = endpoint({
  route: "POST /api/events/messages",
  body: z.unknown(), // a stranger's, until the signature fits
  run: ({ deps, body, origin }) => receiveEvent(deps, { body, origin, changed: tellChanged }),
});
