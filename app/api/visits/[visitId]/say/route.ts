import { z } from "zod";
import { time } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readSessionToken, visitActor } from "@/lib/http/visit-actor";
import * as input from "@/lib/http/visit-inputs";
import { tellWaiting } from "@/lib/visits/tell-waiting";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/say",
  summary: "Sends a message to the patient who waits, who sees and hears it at once.",
  details: "A preset comes in the patient's own language.",
  answer: z.object({ saidAt: time }),
  refuses: [...refusals.visit, ...refusals.seat, ...refusals.closed, "NOBODY_WAITS"],
  query: z.object({ seat: input.seatId.optional() }),
  body: z.object({ words: input.waitingWords, sessionToken: input.sessionToken.optional() }),
  run: async (knock) => {
    const actor = await visitActor(knock, readSessionToken(knock.request, knock.body));
    if (!actor.ok) return actor;
    return tellWaiting(knock.deps, {
      actor: actor.value,
      visitId: knock.params.visitId!,
      words: knock.body.words,
    });
  },
});
