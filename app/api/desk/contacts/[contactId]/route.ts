import { showCaller } from "@/lib/desk/show-caller";
import { callerShown } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err } from "@/lib/kernel/result";

export const GET = endpoint({
  route: "GET /api/desk/contacts/[contactId]",
  summary:
    "Who is calling, for the agent at whose desk the call is; with their earlier calls and what was noted.",
  details: "Every look is recorded. Of a caller who is not verified it says no more than that.",
  answer: callerShown,
  persons: true,
  refuses: [...refusals.phone],
  run: async ({ deps, actor, params }) =>
    actor.kind === "person"
      ? showCaller(deps, { actor, contactId: params.contactId! })
      : err({ code: "FORBIDDEN" } as const),
});
