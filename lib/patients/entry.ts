import type { customers } from "@/db/schema";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";

export type PatientRow = typeof customers.$inferSelect;

/** What a list tells of a patient. */
export type PatientEntry = {
  patientId: string;
  /** The number by which another book knows them. */
  externalId: string | null;
  tier: string;
  firstName: string;
  lastName: string;
  state: string;
  timeZone: string;
  locale: string;
  /** Masked. */
  phone: string | null;
  email: string | null;
  /** They sign in themselves. */
  hasAccount: boolean;
};

export const entryOf = (row: PatientRow): PatientEntry => ({
  patientId: row.id,
  externalId: row.externalId,
  tier: row.tier,
  firstName: row.firstName,
  lastName: row.lastName,
  state: row.state,
  timeZone: row.timeZone,
  locale: row.locale,
  phone: row.phone && maskPhone(row.phone),
  email: row.email && maskEmail(row.email),
  hasAccount: row.sub !== null,
});
