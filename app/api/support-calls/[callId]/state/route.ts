import { ownCallNow } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { followOwnCall } from "@/lib/support-calls/follow-own-call";

export const GET = endpoint({
  route: "GET /api/support-calls/[callId]/state",
  summary: "How a call of one's own stands this moment: its place in line, and who answered.",
  details:
    "The contact center is asked where it has room for a question; else it is told as it was known last.",
  answer: ownCallNow,
  persons: true,
  refuses: ["FORBIDDEN", "CALL_UNKNOWN"],
  run: async ({ deps, actor, params }) => {
    if (actor.kind !== "person") return err({ code: "FORBIDDEN" } as const);
    return followOwnCall(deps, { customer: actor, callId: params.callId ?? "" });
  },
});
