import type { Db } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { findPatient, type PatientUnknown } from "./patient";

/** A patient's number (E.164) and address as they stand on file. The record of it commits before it is shown. */
export async function revealContact(
  deps: { db: Db },
  { actor, patientId }: { actor: Actor; patientId: string },
): Promise<Result<{ phone: string | null; email: string | null }, PatientUnknown>> {
  return deps.db.asActor(actor, async (tx) => {
    const row = await findPatient(tx, patientId);
    if (!row) return err({ code: "PATIENT_UNKNOWN" } as const);
    await recordAudit(tx, { event: "PATIENT_CONTACT_VIEWED", actor, metadata: { patientId } });
    return ok({ phone: row.phone, email: row.email });
  });
}
