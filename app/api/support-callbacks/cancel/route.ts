import { ownCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";
import { cancelCallback } from "@/lib/support-calls/ask-callback";

export const POST = endpoint({
  route: "POST /api/support-callbacks/cancel",
  summary: "A customer wants their callback no more. Where there is none, nothing changes.",
  answer: ownCallbacks,
  refuses: ["SIGN_IN_REQUIRED", "FORBIDDEN", "CALLBACK_UNDER_WAY"],
  run: async ({ deps, actor }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return cancelCallback(deps, { customer: actor });
  },
});
