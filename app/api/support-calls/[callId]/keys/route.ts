import { z } from "zod";
import { keysPressed } from "@/lib/http/answers/support-calls";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err } from "@/lib/kernel/result";
import { pressKeys } from "@/lib/support-calls/press-keys";

const body = z.object({
  keys: z
    .string()
    .regex(/^[0-9*#]{1,50}$/)
    .meta({ examples: ["4711#"] })
    .describe("Keys of a telephone, `0` to `9`, `*` and `#`: one, or up to 50."),
});

export const POST = endpoint({
  route: "POST /api/support-calls/[callId]/keys",
  summary: "The caller types on their keypad: heard by the contact center.",
  details: "Neither kept nor recorded, whichever the route.",
  answer: keysPressed,
  refuses: [...refusals.cloud, "SIGN_IN_REQUIRED", "FORBIDDEN", "CALL_UNKNOWN", "CALL_OVER"],
  body,
  run: async ({ deps, actor, params, body }) => {
    if (actor.kind !== "person") return err({ code: "SIGN_IN_REQUIRED" } as const);
    if (actor.role !== "customer") return err({ code: "FORBIDDEN" } as const);
    return pressKeys(deps, { customer: actor, callId: params.callId ?? "", keys: body.keys });
  },
});
