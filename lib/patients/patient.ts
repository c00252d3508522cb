import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { maskEmail, maskPhone } from "@/lib/kernel/phone";
import { isUuid } from "@/lib/kernel/uuid";
import type { PatientEntry } from "./list-patients";

export type PatientRow = typeof customers.$inferSelect;

/** All that the desk may write of a patient. `sub` is not among it: who signs in as somebody is no matter of the book. */
export type PatientFields = {
  firstName: string;
  lastName: string;
  email: string | null;
  /** E.164. */
  phone: string | null;
  /** Two letters. */
  state: string;
  /** IANA. */
  timeZone: string;
  locale: string;
  tier: string;
  /** The number by which another book knows them; nobody else's. */
  externalId: string | null;
  /** Kept as a keyed hash, never as it is. */
  accountNumber: string | null;
};
export const patientFields = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "state",
  "timeZone",
  "locale",
  "tier",
  "externalId",
  "accountNumber",
] as const satisfies readonly (keyof PatientFields)[];
export type PatientField = (typeof patientFields)[number];

/** What a list tells of a patient, and more. */
export type PatientFacts = PatientEntry & {
  hasAccountNumber: boolean;
  createdAt: string;
  /** To be named by whoever saves. */
  revision: number;
};

export type Forbidden = { code: "FORBIDDEN" };
export type PatientUnknown = { code: "PATIENT_UNKNOWN" };
/** 409: another patient has it. */
export type ExternalIdTaken = { code: "EXTERNAL_ID_TAKEN" };

export function factsOf(row: PatientRow): PatientFacts {
  return {
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
    hasAccountNumber: row.accountNumberHash !== null,
    createdAt: row.createdAt.toISOString(),
    revision: row.revision,
  };
}

/** As far as the transaction's actor may see them. `lock`: until commit nobody else changes them. */
export async function findPatient(
  tx: Tx,
  patientId: string,
  { lock = false } = {},
): Promise<PatientRow | null> {
  if (!isUuid(patientId)) return null;
  const query = tx.select().from(customers).where(eq(customers.id, patientId));
  const [row] = lock ? await query.for("no key update") : await query;
  return row ?? null;
}

/** An account number as it is compared: people write it with spaces and hyphens. */
export const plainAccountNumber = (typed: string) => typed.replace(/[\s-]/g, "").toUpperCase();

/** True if the database refused because another patient has that external id (SQLSTATE 23505). */
export function isExternalIdTaken(thrown: unknown): boolean {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { code, constraint_name } = error as { code?: unknown; constraint_name?: unknown };
    if (code === "23505" && constraint_name === "customers_external_id_key") return true;
  }
  return false;
}
