import { z } from "zod";
import { scheduledVisit, visitPage } from "@/lib/http/answers/visit";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { listVisits } from "@/lib/visits/list-visits";
import { scheduleVisit } from "@/lib/visits/schedule-visit";

export const POST = endpoint({
  route: "POST /api/visits",
  summary: "Books a visit (seed 4, 1).",
  details:
    "The clinician must be licensed in the patient's state on that day and free at that time. A clinician may book visits of their own. `guests` are told when the links are sent.",
  answer: scheduledVisit,
  refuses: [
    "FORBIDDEN",
    "PATIENT_UNKNOWN",
    "CLINICIAN_UNKNOWN",
    "CLINICIAN_NOT_LICENSED",
    "SLOT_TAKEN",
    "VISIT_IN_PAST",
    "GUESTS_FULL",
    "GUESTS_NEED_MEETING",
  ],
  status: 201,
  body: z.object({ ...input.visitGiven, scheduledAt: input.instant }),
  run: ({ deps, actor, body }) => scheduleVisit(deps, { actor, ...body }),
});

export const GET = endpoint({
  route: "GET /api/visits",
  summary: "Lists the visits that the caller may see, by planned start.",
  answer: visitPage,
  query: z.object({ ...input.visitFilter, ...input.page }),
  run: async ({ deps, actor, query }) => ok(await listVisits(deps, { actor, ...query })),
});
