import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { receiveEvent } from "@/lib/notifications/receive-event";
import { tellChanged } from "@/lib/visits/changed";

export const POST = endpoint({
  route: "POST /api/events/messages",
  summary: "Takes what became of our messages, and texts sent to us, as Amazon SNS posts them, signed.",
  details: "200 also for one that came before, so that the provider stops repeating it.",
  answer: z.object({ received: z.enum(["done", "again", "nothing-to-do"]) }),
  refuses: ["EVENT_MALFORMED", "EVENT_FORGED", "EVENT_STALE", "EVENT_UNVERIFIABLE"],
  body: z.unknown(), // a stranger's, until the signature fits
  run: ({ deps, body, origin }) => receiveEvent(deps, { body, origin, changed: tellChanged }),
});
