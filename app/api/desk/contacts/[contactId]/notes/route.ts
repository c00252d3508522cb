import { z } from "zod";
import { keepNotes } from "@/lib/desk/keep-notes";
import { notesKept, outcome } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { err } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /api/desk/contacts/[contactId]/notes",
  summary: "Keeps what the agent notes of the call at their desk, and its outcome, as they stand.",
  answer: notesKept,
  persons: true,
  refuses: ["FORBIDDEN", "NOT_AT_DESK"],
  body: z.object({ notes: z.string().max(10_000), outcome: outcome.nullable() }),
  run: async ({ deps, actor, params, body }) =>
    actor.kind === "person"
      ? keepNotes(deps, { actor, contactId: params.contactId!, ...body })
      : err({ code: "FORBIDDEN" } as const),
});
