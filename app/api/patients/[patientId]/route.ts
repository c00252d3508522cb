import { changedPatient, patientDetail } from "@/lib/http/answers/people";
import { endpoint } from "@/lib/http/endpoint";
import { patientChange } from "@/lib/http/patient-inputs";
import { changePatient } from "@/lib/patients/change-patient";
import { readPatient } from "@/lib/patients/read-patient";

export const GET = endpoint({
  route: "GET /api/patients/[patientId]",
  summary: "One patient, contacts masked.",
  details: "A clinician sees those whom they have a visit with. Each look is recorded.",
  answer: patientDetail,
  refuses: ["PATIENT_UNKNOWN"],
  run: ({ deps, actor, params }) => readPatient(deps, { actor, patientId: params.patientId! }),
});

export const PATCH = endpoint({
  route: "PATCH /api/patients/[patientId]",
  summary: "Changes what is on file of a patient.",
  details:
    "A field that is not given stays; null takes it away. With `revision`, a change made from what no longer stands there is refused. Messages that still wait follow a new contact; links that went to the old one still open, and are named in `oldLinks`.",
  answer: changedPatient,
  refuses: ["FORBIDDEN", "PATIENT_UNKNOWN", "PATIENT_CHANGED", "EXTERNAL_ID_TAKEN"],
  body: patientChange,
  refused: (facts) => (facts.code === "PATIENT_CHANGED" ? { revision: facts.revision } : {}),
  run: ({ deps, actor, params, body: { revision, ...change } }) =>
    changePatient(deps, { actor, patientId: params.patientId!, revision, change }),
});
