import { z } from "zod";
import { csvResponse } from "@/lib/http/csv";
import { endpoint } from "@/lib/http/endpoint";
import * as input from "@/lib/http/visit-inputs";
import { fullName } from "@/lib/kernel/full-name";
import type { VisitSummary } from "@/lib/visits/answers";
import { exportVisits } from "@/lib/visits/export-visits";

const columns = {
  visit: ({ visitId }) => visitId,
  planned: ({ scheduledAt }) => scheduledAt,
  minutes: ({ duration }) => duration,
  state: ({ status }) => status,
  patient: ({ patient }) => patient.patientId,
  firstName: ({ patient }) => patient.firstName,
  lastName: ({ patient }) => patient.lastName,
  patientState: ({ patient }) => patient.state,
  clinician: ({ clinician }) => fullName(clinician),
  kind: ({ visitType }) => visitType,
  channel: ({ channel }) => channel,
  started: ({ startedAt }) => startedAt,
  ended: ({ endedAt }) => endedAt,
  seconds: ({ actualDurationSeconds }) => actualDurationSeconds,
} satisfies Record<string, (visit: VisitSummary) => string | number | null>;

export const GET = endpoint({
  route: "GET /api/visits/export",
  summary: "The list of visits as a table, whole, as a stream.",
  details: "Recorded before its first byte. A cell that a spreadsheet would run begins with an apostrophe.",
  answer: { media: "text/csv", holds: Object.keys(columns).join(", ") },
  query: z.object(input.visitFilter),
  run: async ({ deps, actor, query, requestId }) =>
    csvResponse(
      {
        name: `visits-${deps.clock.now().toISOString().slice(0, 10)}`,
        head: Object.keys(columns),
        pages: await exportVisits(deps, { actor, ...query }),
        line: (visit) => Object.values(columns).map((column) => column(visit)),
      },
      (fault) => deps.log.error({ err: fault, requestId }, "an export broke off"),
    ),
});
