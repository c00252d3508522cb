import { ownCall } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { endCall } from "@/lib/support-calls/end-call";

export const POST = endpoint({
  route: "POST /api/support-calls/[callId]/end",
  summary: "The caller hangs up. A call that is over already stays as it was.",
  answer: ownCall,
  refuses: ["SIGN_IN_REQUIRED", "FORBIDDEN", "CALL_UNKNOWN"],
  run: async ({ deps, actor, params }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return endCall(deps, { customer: actor, callId: params.callId ?? "" });
  },
});
