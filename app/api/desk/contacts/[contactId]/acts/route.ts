import { z } from "zod";
import { noteAct } from "@/lib/desk/note-act";
import { actNoted } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err } from "@/lib/kernel/result";

export const POST = endpoint({
  route: "POST /api/desk/contacts/[contactId]/acts",
  summary: "Notes what the signed-in agent does with a call in the contact centre's own panel.",
  details:
    "In front of the real contact centre, which is asked whether the call is at this agent's desk. `hang-up` is sent before it is done: it ends a visit's patient's visit first.",
  answer: actNoted,
  persons: true,
  refuses: [...refusals.phone],
  body: z.discriminatedUnion("act", [
    z.object({ act: z.enum(["accept", "hold", "resume", "hand-over", "take-back", "hang-up", "finish"]) }),
    z.object({
      act: z.enum(["transfer", "consult"]),
      to: z.object({ kind: z.enum(["queue", "agent"]), id: z.string().min(1).max(256) }),
    }),
  ]),
  run: async ({ deps, actor, params, body }) =>
    actor.kind === "person"
      ? noteAct(deps, { actor, act: { ...body, contactId: params.contactId! } })
      : err({ code: "FORBIDDEN" } as const),
});
