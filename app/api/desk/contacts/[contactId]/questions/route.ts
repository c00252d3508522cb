import { z } from "zod";
import { askQuestions } from "@/lib/desk/ask-questions";
import { questionsAsked } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

const answer = z.string().max(320).optional();

export const POST = endpoint({
  route: "POST /api/desk/contacts/[contactId]/questions",
  summary: "Compares what a caller who is not verified answers aloud with the clinic's book.",
  details:
    "Name and either the account number with one more answer, or the three others. Which answer was wrong is not told; three tries in a call. Answers that fit several people are no wrong try, and open nobody's page. Passing opens the caller's page for this call, to this agent and whoever it is handed to.",
  answer: questionsAsked,
  persons: true,
  refuses: ["FORBIDDEN", "NOT_AT_DESK", "QUESTIONS_TOO_FEW", "QUESTIONS_CLOSED"],
  body: z.object({
    firstName: z.string().min(1).max(100),
    lastName: z.string().min(1).max(100),
    account: answer,
    phone: answer,
    email: answer,
    visit: z
      .union([z.literal(""), z.string().regex(/^\d{4}-\d{2}$/)])
      .optional()
      .describe("The month of the last visit, `2026-10`."),
    number: answer.describe("The patient's own number, where the others fit several. It weighs nothing."),
  }),
  run: async ({ deps, actor, params, body }) =>
    actor.kind === "person"
      ? askQuestions(deps, { actor, contactId: params.contactId!, said: body })
      : err({ code: "FORBIDDEN" } as const),
});
