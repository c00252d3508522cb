import { ownCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err, ok } from "@/lib/kernel/result";
import { putOffCallback } from "@/lib/support-calls/put-off-callback";

export const POST = endpoint({
  route: "POST /api/support-callbacks/put-off",
  summary:
    "A customer whom an agent is calling can't pick up now: a quarter of an hour later. Where nobody is calling, nothing changes.",
  answer: ownCallbacks,
  refuses: ["SIGN_IN_REQUIRED", "FORBIDDEN"],
  run: async ({ deps, actor }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return ok(await putOffCallback(deps, { customer: actor }));
  },
});
