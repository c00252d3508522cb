import { z } from "zod";
import { ratedCall } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { rateCall } from "@/lib/support-calls/rate-call";

export const POST = endpoint({
  route: "POST /api/support-calls/[callId]/rating",
  summary: "How a call was for whoever made it: 1 to 5, and a word. The first answer counts.",
  answer: ratedCall,
  refuses: ["SIGN_IN_REQUIRED", "FORBIDDEN", "CALL_UNKNOWN", "CALL_NOT_RATEABLE"],
  body: z.object({
    stars: z.number().int().min(1).max(5),
    words: z.string().trim().max(500).optional().describe("Sealed; an agent who has a later call reads it."),
  }),
  run: async ({ deps, actor, params, body }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return rateCall(deps, { customer: actor, callId: params.callId ?? "", ...body });
  },
});
