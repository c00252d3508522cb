import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";
import { mayWriteNotes } from "./end-visit";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";
import { openText } from "./sealed-text";

/** Why the patient comes. Veiled everywhere else; who unveils it is recorded before they see it. Null: none was given. */
export async function readComplaint(
  deps: Need<"db" | "cipher">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ chiefComplaint: string | null }, VisitUnknown | Forbidden>> {
  const sealed = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<Buffer | null, VisitUnknown | Forbidden>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
      await recordAudit(tx, { event: "COMPLAINT_VIEWED", actor, visitId });
      return ok(found.visit.chiefComplaint);
    },
  );
  if (!sealed.ok) return sealed;
  return ok({
    chiefComplaint: sealed.value && (await openText(deps, "chief_complaint", visitId, sealed.value)),
  });
}

/** The clinician's notes, for who may write them. Recorded as a look at the visit's notes. */
export async function readNotes(
  deps: Need<"db" | "cipher">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ clinicalNotes: string | null }, VisitUnknown | Forbidden>> {
  const sealed = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<Buffer | null, VisitUnknown | Forbidden>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      if (!mayWriteNotes(actor, found.visit)) return err({ code: "FORBIDDEN" });
      await recordAudit(tx, { event: "VISIT_VIEWED", actor, visitId, metadata: { part: "clinical_notes" } });
      return ok(found.visit.clinicalNotes);
    },
  );
  if (!sealed.ok) return sealed;
  return ok({
    clinicalNotes: sealed.value && (await openText(deps, "clinical_notes", visitId, sealed.value)),
  });
}
