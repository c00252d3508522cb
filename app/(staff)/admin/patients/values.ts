import { type PatientField, patientFields } from "@/lib/patients/fields";
import type { PatientFacts } from "@/lib/patients/patient";

/** What the form's fields hold, as typed; "" for nothing. */
export type Values = Record<PatientField, string>;
export type Wrong = Partial<Record<PatientField | "form", string>>;

const emptyValues: Values = {
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

/** A new patient's, begun with what was typed to find them: a name in either order, an email or a number. */
export function valuesFrom(typed: string): Values {
  if (typed.includes("@")) return { ...emptyValues, email: typed };
  if (/^[-+().\d\s]+$/.test(typed)) return { ...emptyValues, phone: typed };
  const [last = "", first] = typed.split(",").map((part) => part.trim());
  if (first !== undefined) return { ...emptyValues, firstName: first, lastName: last };
  const [name = "", ...rest] = typed.split(/\s+/);
  return { ...emptyValues, firstName: name, lastName: rest.join(" ") };
}

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
