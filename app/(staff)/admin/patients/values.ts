import { type PatientFacts, type PatientField, patientFields } from "@/lib/patients/patient";

/** What the form's fields hold, as typed; "" for nothing. */
export type Values = Record<PatientField, string>;
export type Wrong = Partial<Record<PatientField | "form", string>>;

export const emptyValues: Values = {
  firstName: "",
  lastName: "",
  email: "",
  phone: "",
  state: "",
  timeZone: "",
  locale: "en",
  tier: "standard",
  externalId: "",
  accountNumber: "",
};

/** What is on file; contact and account number are never in a page before somebody asks, so their fields begin empty. */
export const valuesOf = (patient: PatientFacts): Values => ({
  ...emptyValues,
  firstName: patient.firstName,
  lastName: patient.lastName,
  state: patient.state,
  timeZone: patient.timeZone,
  locale: patient.locale,
  tier: patient.tier,
  externalId: patient.externalId ?? "",
});

/** Fields that somebody else has saved since `before` was read, and what they say now. */
export function changedBetween(before: PatientFacts, after: PatientFacts): Partial<Values> {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return Object.fromEntries(
    patientFields.filter((field) => was[field] !== is[field]).map((field) => [field, is[field]]),
  );
}
