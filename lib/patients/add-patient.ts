import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { customers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import { type Alike, alikePatients } from "./alike";
import type { PatientFields } from "./fields";
import {
  type ExternalIdTaken,
  type Forbidden,
  factsOf,
  findPatient,
  isExternalIdTaken,
  type PatientFacts,
  plainAccountNumber,
} from "./patient";

export type AddPatientRefusal =
  | Forbidden
  | ExternalIdTaken
  /** 409: these may be the same person; `anyway` adds one more all the same. */
  | { code: "PATIENT_ALIKE"; alike: Alike[] }
  /** 409: that id is another patient's. */
  | { code: "PATIENT_ID_TAKEN" };

type Input = PatientFields & {
  actor: Actor;
  /** Chosen by the caller, so that a repetition makes no second patient. */
  patientId: string;
  /** They have seen who is alike. */
  anyway?: boolean;
};

/**
 * Puts a new patient on file, once for each id. Whoever is on file with the same number, the same address, or the same name and state is told
 * of first. Two who add the same person at the same moment do so one after the other, so that the second is told too.
 */
export async function addPatient(
  deps: { db: Db; keyring: Keyring },
  { actor, patientId, anyway = false, ...fields }: Input,
): Promise<Result<PatientFacts, AddPatientRefusal>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  try {
    return await deps.db.asActor(actor, async (tx): Promise<Result<PatientFacts, AddPatientRefusal>> => {
      await oneAtATime(tx);
      const known = await findPatient(tx, patientId);
      if (known) return isRepeated(known, fields) ? ok(factsOf(known)) : err({ code: "PATIENT_ID_TAKEN" });
      const alike = anyway ? [] : await alikePatients(tx, fields);
      if (alike.length > 0) return err({ code: "PATIENT_ALIKE", alike });
      const { accountNumber, ...row } = fields;
      const [added] = await tx
        .insert(customers)
        .values({
          id: patientId,
          ...row,
          ...(accountNumber && {
            accountNumberHash: deps.keyring.hash("account-number", plainAccountNumber(accountNumber)),
          }),
        })
        .returning();
      await recordAudit(tx, { event: "PATIENT_ADDED", actor, metadata: { patientId, anyway } });
      return ok(factsOf(added!));
    });
  } catch (error) {
    if (isExternalIdTaken(error)) return err({ code: "EXTERNAL_ID_TAKEN" });
    throw error;
  }
}

/** New patients are few, and looking for their like takes a millisecond. */
const oneAtATime = (tx: Tx) =>
  tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('new patient', 0))`);

const isRepeated = (known: typeof customers.$inferSelect, fields: PatientFields) =>
  known.firstName === fields.firstName &&
  known.lastName === fields.lastName &&
  known.phone === fields.phone &&
  known.email === fields.email;
