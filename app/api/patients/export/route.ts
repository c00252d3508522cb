import { z } from "zod";
import { csvResponse } from "@/lib/http/csv";
import { endpoint } from "@/lib/http/endpoint";
import { patientFilter } from "@/lib/http/patient-inputs";
import type { PatientEntry } from "@/lib/patients/entry";
import { exportPatients } from "@/lib/patients/export-patients";

const columns = {
  patient: ({ patientId }) => patientId,
  externalId: ({ externalId }) => externalId,
  firstName: ({ firstName }) => firstName,
  lastName: ({ lastName }) => lastName,
  state: ({ state }) => state,
  timeZone: ({ timeZone }) => timeZone,
  language: ({ locale }) => locale,
  tier: ({ tier }) => tier,
  phone: ({ phone }) => phone,
  email: ({ email }) => email,
  account: ({ hasAccount }) => hasAccount,
} satisfies Record<string, (patient: PatientEntry) => string | boolean | null>;

export const GET = endpoint({
  route: "GET /api/patients/export",
  summary: "The list of patients as a table, whole, as a stream.",
  details:
    "Contacts are masked. Recorded before its first byte. A cell that a spreadsheet would run begins with an apostrophe.",
  answer: { media: "text/csv", holds: Object.keys(columns).join(", ") },
  query: z.object(patientFilter),
  run: async ({ deps, actor, query, requestId }) =>
    csvResponse(
      {
        name: `patients-${deps.clock.now().toISOString().slice(0, 10)}`,
        head: Object.keys(columns),
        pages: await exportPatients(deps, { actor, ...query }),
        line: (patient) => Object.values(columns).map((column) => column(patient)),
      },
      (fault) => deps.log.error({ err: fault, requestId }, "an export broke off"),
    ),
});
