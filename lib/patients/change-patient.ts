import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { customers, outbox, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { PatientRow } from "./entry";
import { type PatientField, type PatientFields, patientFields } from "./fields";
import { type OldLink, oldLinksOf } from "./old-links";
import {
  type ExternalIdTaken,
  type Forbidden,
  factsOf,
  findPatient,
  isExternalIdTaken,
  type PatientFacts,
  type PatientUnknown,
  plainAccountNumber,
} from "./patient";

export type ChangePatientRefusal =
  | Forbidden
  | PatientUnknown
  | ExternalIdTaken
  /** 409: somebody saved since that revision was read. */
  | { code: "PATIENT_CHANGED"; revision: number };
export type ChangedPatient = {
  patient: PatientFacts;
  changed: PatientField[];
  /** Messages that waited for the old contact and now go to the new one. */
  messagesMoved: number;
  oldLinks: OldLink[];
};

type Deps = { db: Db; clock: Clock; keyring: Keyring };
type Input = {
  actor: Actor;
  patientId: string;
  /** The one that the change was made from. Not given: whatever stands there now, which only a program may mean. */
  revision?: number;
  /** What is not given stays; null takes it away. */
  change: Partial<PatientFields>;
};

/**
 * Changes what is on file of a patient. Recorded by fields, never by values. Messages that still wait follow a new contact; links that went out
 * stay as they are and are named in the answer.
 */
export async function changePatient(
  deps: Deps,
  { actor, patientId, revision, change }: Input,
): Promise<Result<ChangedPatient, ChangePatientRefusal>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  try {
    return await deps.db.asActor(actor, async (tx): Promise<Result<ChangedPatient, ChangePatientRefusal>> => {
      const row = await findPatient(tx, patientId, { lock: true });
      if (!row) return err({ code: "PATIENT_UNKNOWN" });
      if (revision !== undefined && revision !== row.revision)
        return err({ code: "PATIENT_CHANGED", revision: row.revision });
      const now = deps.clock.now();
      const changed = patientFields.filter((field) => differs(deps.keyring, row, field, change));
      if (changed.length === 0)
        return ok({
          patient: factsOf(row),
          changed,
          messagesMoved: 0,
          oldLinks: await oldLinksOf(tx, row, now),
        });
      const [saved] = await tx
        .update(customers)
        .set(columnsOf(deps.keyring, changed, change))
        .where(eq(customers.id, patientId))
        .returning();
      const messagesMoved = await moveMessages(tx, row, saved!, now);
      await recordAudit(tx, {
        event: "PATIENT_CHANGED",
        actor,
        metadata: { patientId, fields: changed, ...(messagesMoved > 0 && { messagesMoved }) },
      });
      return ok({
        patient: factsOf(saved!),
        changed,
        messagesMoved,
        oldLinks: await oldLinksOf(tx, saved!, now),
      });
    });
  } catch (error) {
    if (isExternalIdTaken(error)) return err({ code: "EXTERNAL_ID_TAKEN" });
    throw error;
  }
}

function differs(
  keyring: Keyring,
  row: PatientRow,
  field: PatientField,
  change: Partial<PatientFields>,
): boolean {
  const wanted = change[field];
  if (wanted === undefined) return false;
  if (field !== "accountNumber") return wanted !== row[field];
  const hash = row.accountNumberHash;
  if (wanted === null || hash === null) return wanted !== null || hash !== null;
  return !keyring.matches("account-number", plainAccountNumber(wanted), hash);
}

function columnsOf(
  keyring: Keyring,
  changed: readonly PatientField[],
  { accountNumber, ...change }: Partial<PatientFields>,
): Partial<PatientRow> {
  const columns = Object.fromEntries(
    Object.entries(change).filter(([field]) => changed.some((one) => one === field)),
  );
  if (!changed.includes("accountNumber")) return columns;
  const accountNumberHash = accountNumber
    ? keyring.hash("account-number", plainAccountNumber(accountNumber))
    : null;
  return { ...columns, accountNumberHash };
}

/** What has not left yet must not reach whoever reads the old number or address. One that a worker has in hand may still go there. */
async function moveMessages(tx: Tx, before: PatientRow, after: PatientRow, now: Date): Promise<number> {
  let moved = 0;
  for (const [kind, from, to] of [
    ["sms", before.phone, after.phone],
    ["email", before.email, after.email],
  ] as const) {
    if (from === null || from === to) continue;
    const visits = tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .where(eq(videoVisits.patientId, before.id));
    const rows = await tx
      .update(outbox)
      .set(
        to === null
          ? { droppedAt: now, payload: null, failure: "CONTACT_GONE" }
          : { recipient: to, failure: null },
      )
      .where(
        and(
          inArray(outbox.visitId, visits),
          eq(outbox.party, "patient"),
          eq(outbox.kind, kind),
          sql`lower(${outbox.recipient}) = lower(${from})`,
          isNull(outbox.sentAt),
          isNull(outbox.failedAt),
          isNull(outbox.droppedAt),
          isNull(outbox.claimedUntil),
        ),
      )
      .returning({ id: outbox.id });
    if (to !== null) moved += rows.length;
  }
  return moved;
}
