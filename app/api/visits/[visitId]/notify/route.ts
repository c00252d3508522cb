import { z } from "zod";
import { notified } from "@/lib/http/answers/links";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { notifyParties } from "@/lib/visits/notify-parties";

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/notify",
  summary: "Sends each party their link (seed 4, 3).",
  answer: notified,
  refuses: [...refusals.visit, ...refusals.closed, "VISIT_WINDOW_CLOSED", "NO_CONTACT"],
  body: z.object({
    channel: input.channel.optional(),
    recipientRole: z.enum(["patient", "clinician", "both"]).optional(),
    template: z.enum(["initial", "reminder"]).optional(),
  }),
  run: ({ deps, actor, body, params }) => notifyParties(deps, { actor, visitId: params.visitId!, ...body }),
});
