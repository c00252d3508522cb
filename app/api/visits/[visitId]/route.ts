import { z } from "zod";
import { visitDetail } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import * as input from "@/lib/http/visit-inputs";
import { getVisit } from "@/lib/visits/get-visit";
import { rescheduleVisit } from "@/lib/visits/reschedule-visit";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]",
  summary: "One visit, without what was said in confidence.",
  details: "Each look is recorded.",
  answer: visitDetail,
  refuses: ["VISIT_UNKNOWN"],
  run: ({ deps, actor, params }) => getVisit(deps, { actor, visitId: params.visitId! }),
});

export const PATCH = endpoint({
  route: "PATCH /api/visits/[visitId]",
  summary: "Changes a visit that nobody has joined yet.",
  details:
    "A field that is not given stays; null takes it away. When its time or its clinician changes, unused links are dead, and whoever had been told gets the new time with a new link.",
  answer: visitDetail,
  refuses: [
    ...refusals.visit,
    ...refusals.closed,
    "PATIENT_UNKNOWN",
    "CLINICIAN_UNKNOWN",
    "CLINICIAN_NOT_LICENSED",
    "SLOT_TAKEN",
    "VISIT_IN_PAST",
    "VISIT_ACTIVE",
  ],
  body: z.object({
    clinicianId: input.clinicianId.optional(),
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
