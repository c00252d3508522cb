import { z } from "zod";
import { askCalledBack } from "@/lib/desk/ask-questions";
import { questionsAsked } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

const answer = z.string().max(320).optional();

export const POST = endpoint({
  route: "POST /api/desk/callbacks/[callbackId]/questions",
  summary: "Compares what whoever answered a callback says with the record that was meant to be called.",
  details:
    "The account number and one more answer: the number that was called proves nobody. Three tries in a callback.",
  answer: questionsAsked,
  persons: true,
  refuses: ["FORBIDDEN", "CALLBACK_GONE", "QUESTIONS_TOO_FEW", "QUESTIONS_CLOSED"],
  body: z.object({
    account: answer,
    email: answer,
    visit: z
      .union([z.literal(""), z.string().regex(/^\d{4}-\d{2}$/)])
      .optional()
      .describe("The month of the last visit, `2026-10`."),
  }),
  run: async ({ deps, actor, params, body }) =>
    actor.kind === "person"
      ? askCalledBack(deps, { actor, callbackId: params.callbackId ?? "", said: body })
      : err({ code: "FORBIDDEN" } as const),
});
