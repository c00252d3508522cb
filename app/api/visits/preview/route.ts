import { z } from "zod";
import { weighedTimes } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { weighVisit } from "@/lib/visits/weigh-visit";

export const POST = endpoint({
  route: "POST /api/visits/preview",
  summary: "What booking these times would come to: what would be refused, and what is worth a thought.",
  details: "Books nothing and promises nothing: between this and a booking somebody else may take the time.",
  answer: weighedTimes,
  body: z.object({
    patientId: input.personId,
    clinicianId: input.clinicianId,
    times: input.timesToWeigh,
    duration: input.duration.default(30),
    channel: input.channel.optional(),
    /** A visit that would be moved there. */
    visitId: z.guid().optional(),
  }),
  run: async ({ deps, actor, body }) => ok({ times: await weighVisit(deps, { actor, ...body }) }),
});
