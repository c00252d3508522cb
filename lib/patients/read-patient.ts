import type { Db } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import { findConsent, isOptedOut } from "@/lib/notifications/consents";
import { type OldLink, oldLinksOf } from "./old-links";
import { factsOf, findPatient, type PatientFacts, type PatientUnknown } from "./patient";

export type PatientDetail = PatientFacts & {
  /** Since when their number wants no texts; null: it takes them, as far as we know. */
  textsStoppedAt: string | null;
  /** Links that still open a visit and went to a contact that is not on file any more. */
  oldLinks: OldLink[];
};

type Deps = { db: Db; clock: Clock; keyring: Keyring };

/** One patient, contacts masked. A clinician sees those whom they have a visit with. Each look is recorded. */
export async function readPatient(
  deps: Deps,
  { actor, patientId }: { actor: Actor; patientId: string },
): Promise<Result<PatientDetail, PatientUnknown>> {
  const found = await deps.db.asActor(actor, async (tx) => {
    const row = await findPatient(tx, patientId);
    if (!row) return null;
    await recordAudit(tx, { event: "PATIENT_VIEWED", actor, metadata: { patientId } });
    return { row, oldLinks: await oldLinksOf(tx, row, deps.clock.now()) };
  });
  if (!found) return err({ code: "PATIENT_UNKNOWN" });
  const { row, oldLinks } = found;
  return ok({ ...factsOf(row), textsStoppedAt: await textsStoppedAt(deps, row.phone), oldLinks });
}

/** Consents are the system's rows, by number; asked only about one that the reader was just shown to have. */
async function textsStoppedAt(deps: Deps, phone: string | null): Promise<string | null> {
  if (!phone) return null;
  const consent = await deps.db.asActor({ kind: "system", name: "door" }, (tx) =>
    findConsent(deps, tx, phone),
  );
  return isOptedOut(consent) ? (consent?.optedOutAt?.toISOString() ?? null) : null;
}
