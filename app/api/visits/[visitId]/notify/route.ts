import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { notifyParties } from "@/lib/visits/notify-parties";

/** POST /api/visits/:visitId/notify: sends each party their link (seed 4, 3). */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/notify",
  body: z.object({
    channel: input.channel.optional(),
    recipientRole: z.enum(["patient", "clinician", "both"]).optional(),
    template: z.enum(["initial", "reminder"]).optional(),
  }),
  run: ({ deps, actor, body, params }) => notifyParties(deps, { actor, visitId: params.visitId!, ...body }),
});
