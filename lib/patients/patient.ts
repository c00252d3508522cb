import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { isUuid } from "@/lib/kernel/uuid";
import { entryOf, type PatientEntry, type PatientRow } from "./entry";

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
    ...entryOf(row),
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
