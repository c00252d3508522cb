import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { listVisits } from "@/lib/visits/list-visits";
import { scheduleVisit } from "@/lib/visits/schedule-visit";

/** POST /api/visits: books a visit (seed 4, 1). */
export const POST = endpoint({
  route: "POST /api/visits",
  status: 201,
  body: z.object({
    patientId: input.personId,
    clinicianId: input.personId,
    scheduledAt: input.instant,
    duration: input.duration.optional(),
    visitType: input.visitType.optional(),
    chiefComplaint: input.chiefComplaint.optional(),
    channel: input.channel.optional(),
    route: z.enum(["meeting", "connect"]).optional(),
    recordingEnabled: z.boolean().optional(),
  }),
  run: ({ deps, actor, body }) => scheduleVisit(deps, { actor, ...body }),
});

/** GET /api/visits: those the caller may see, by planned start. */
export const GET = endpoint({
  route: "GET /api/visits",
  query: z.object({ ...input.visitFilter, ...input.page }),
  run: async ({ deps, actor, query }) => ok(await listVisits(deps, { actor, ...query })),
});
