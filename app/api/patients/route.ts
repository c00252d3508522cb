import { randomUUID } from "node:crypto";
import { z } from "zod";
import { patientFacts, patientPage } from "@/lib/http/answers/people";
import { endpoint } from "@/lib/http/endpoint";
import { newPatient, patientFilter } from "@/lib/http/patient-inputs";
import * as input from "@/lib/http/visit-inputs";
import { ok } from "@/lib/kernel/result";
import { addPatient } from "@/lib/patients/add-patient";
import { listPatients } from "@/lib/patients/list-patients";

export const GET = endpoint({
  route: "GET /api/patients",
  summary: "Finds patients by name.",
  details:
    "`kind`: `customers` are known to another book too, `account` sign in themselves. Each search is recorded; contacts are masked.",
  answer: patientPage,
  query: z.object({ ...patientFilter, ...input.page }),
  run: async ({ deps, actor, query }) => ok(await listPatients(deps, { actor, ...query })),
});

export const POST = endpoint({
  route: "POST /api/patients",
  summary: "Puts a new patient on file.",
  details:
    "Whoever is alike (the same number, address, or name and state) is named in `alike` of the refusal; `anyway` adds one more all the same. With a `patientId` of your own choice a repetition makes no second patient.",
  answer: patientFacts,
  refuses: ["FORBIDDEN", "PATIENT_ALIKE", "PATIENT_ID_TAKEN", "EXTERNAL_ID_TAKEN"],
  status: 201,
  body: newPatient,
  refused: (facts) => (facts.code === "PATIENT_ALIKE" ? { alike: facts.alike } : {}),
  run: ({ deps, actor, body: { patientId = randomUUID(), ...body } }) =>
    addPatient(deps, { actor, patientId, ...body }),
});
