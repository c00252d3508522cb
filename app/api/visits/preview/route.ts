import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { weighVisit } from "@/lib/visits/weigh-visit";

/** POST /api/visits/preview: what booking these times would come to: what would be refused, what is worth a thought. Books nothing. */
export const POST = endpoint({
  route: "POST /api/visits/preview",
  body: z.object({
    patientId: input.personId,
    clinicianId: input.personId,
    times: z.array(input.instant).min(1).max(input.occurrencesMax),
    duration: input.duration.default(30),
    channel: input.channel.optional(),
    /** A visit that would be moved there. */
    visitId: z.guid().optional(),
  }),
  run: async ({ deps, actor, body }) => ok({ times: await weighVisit(deps, { actor, ...body }) }),
});
