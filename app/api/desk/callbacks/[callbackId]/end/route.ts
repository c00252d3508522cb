import { z } from "zod";
import { endCallback } from "@/lib/desk/callbacks";
import { deskCallbacks } from "@/lib/http/answers/callbacks";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /api/desk/callbacks/[callbackId]/end",
  summary: "What came of a callback, from the agent who has it.",
  details:
    "`nobody`: it is due again a quarter of an hour later, once; after the second time its customer is told by text. `put-back`: another agent may take it.",
  answer: deskCallbacks,
  persons: true,
  refuses: ["FORBIDDEN", "CALLBACK_GONE"],
  body: z.discriminatedUnion("came", [
    z.object({
      came: z.literal("spoke"),
      outcome: z.enum(["solved", "follow-up", "passed-on"]),
      notes: z.string().trim().max(4_000).describe("Sealed."),
    }),
    z.object({ came: z.enum(["nobody", "put-back"]) }),
  ]),
  run: async ({ deps, actor, params, body }) =>
    actor.kind === "person"
      ? endCallback(deps, { actor, callbackId: params.callbackId ?? "", end: body })
      : err({ code: "FORBIDDEN" } as const),
});
