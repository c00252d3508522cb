import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { getVisit } from "@/lib/visits/get-visit";
import { rescheduleVisit } from "@/lib/visits/reschedule-visit";

/** GET /api/visits/:visitId: one visit, without what was said in confidence. */
export const GET = endpoint({
  route: "GET /api/visits/[visitId]",
  run: ({ deps, actor, params }) => getVisit(deps, { actor, visitId: params.visitId! }),
});

/** PATCH /api/visits/:visitId: changes a visit that nobody has joined yet. A field that is not given stays; null takes it away. */
export const PATCH = endpoint({
  route: "PATCH /api/visits/[visitId]",
  body: z.object({
    clinicianId: input.personId.optional(),
    scheduledAt: input.instant.optional(),
    duration: input.duration.optional(),
    visitType: input.visitType.nullish(),
    chiefComplaint: input.chiefComplaint.nullish(),
    channel: input.channel.optional(),
    route: z.enum(["meeting", "connect"]).optional(),
    recordingEnabled: z.boolean().optional(),
  }),
  run: ({ deps, actor, body, params }) => rescheduleVisit(deps, { actor, visitId: params.visitId!, ...body }),
});
