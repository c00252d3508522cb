import { ownCall } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { readOwnCall } from "@/lib/support-calls/own-calls";

export const GET = endpoint({
  route: "GET /api/support-calls/[callId]",
  summary: "How a call of one's own to the contact centre stands.",
  details: "Looked up every few seconds at the contact centre, while the call is open.",
  answer: ownCall,
  persons: true,
  refuses: ["FORBIDDEN", "CALL_UNKNOWN"],
  run: async ({ deps, actor, params }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return readOwnCall(deps, { customer: actor, callId: params.callId ?? "" });
  },
});
