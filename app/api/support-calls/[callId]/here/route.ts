import { ownCall } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { sayHere } from "@/lib/support-calls/say-here";

export const POST = endpoint({
  route: "POST /api/support-calls/[callId]/here",
  summary: "The caller is still there.",
  details:
    "Whoever says so once says so every 15 seconds: a call that falls silent after that is ended within about a minute. Whoever never says it is not expected to.",
  answer: ownCall,
  refuses: ["SIGN_IN_REQUIRED", "FORBIDDEN", "CALL_UNKNOWN"],
  run: async ({ deps, actor, params }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return sayHere(deps, { customer: actor, callId: params.callId ?? "" });
  },
});
