import { z } from "zod";
import { actAtDesk } from "@/lib/desk/act-at-desk";
import { phone } from "@/lib/http/answers/desk";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { err } from "@/lib/kernel/result";

const contactId = z
  .string()
  .min(1)
  .max(256)
  .describe("The call that is meant: a press that comes late hits no other.");

export const POST = endpoint({
  route: "POST /api/desk/acts",
  summary:
    "The signed-in agent takes a call, mutes, holds, presses keys, hands on, asks a colleague about, ends or finishes it, or says what they are at.",
  answer: phone,
  persons: true,
  refuses: [...refusals.phone],
  body: z.discriminatedUnion("act", [
    z.object({ act: z.literal("status"), status: z.string().max(64) }),
    z.object({
      act: z.enum([
        "accept",
        "reject",
        "mute",
        "unmute",
        "hold",
        "resume",
        "hang-up",
        "finish",
        "hand-over",
        "take-back",
        "leave",
      ]),
      contactId,
    }),
    z.object({ act: z.literal("keys"), contactId, keys: z.string().regex(/^[0-9*#]{1,20}$/) }),
    z.object({
      act: z.enum(["transfer", "consult"]),
      contactId,
      to: z.object({ kind: z.enum(["queue", "agent"]), id: z.string().min(1).max(256) }),
    }),
  ]),
  run: async ({ deps, actor, body }) =>
    actor.kind === "person" ? actAtDesk(deps, { actor, act: body }) : err({ code: "FORBIDDEN" } as const),
});
