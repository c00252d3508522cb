import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { err } from "@/lib/kernel/result";
import { keepChatLine } from "@/lib/visits/chat";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/chat",
  summary: "Keeps a line that its writer has sent in the call, where the clinic keeps chat.",
  details:
    "`kept` is false where it does not, and then nothing of it is stored. For the writer's own visit session or link.",
  answer: z.object({ kept: z.boolean() }),
  refuses: [...refusals.seat, "VISIT_UNKNOWN", "NOT_ADMITTED", "CHAT_FULL"],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ text: z.string().trim().min(1).max(1000), sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    if (actor.value.kind !== "link") return err({ code: "SESSION_INVALID" } as const);
    return keepChatLine(knock.deps, { actor: actor.value, text: knock.body.text });
  },
});
