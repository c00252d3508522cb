import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { closeVisit } from "./close-visit";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { minutesOf, patientEvidence } from "./patient-evidence";
import { mayManage } from "./permit";
import { presenceOf } from "./presence";
import { closedRefusal, type NoShowRefusal } from "./refusals";
import { statusOf } from "./status";

/** Closes a visit whose patient never came. Not before its time, and not when they have been there: the refusal says when. */
export async function markNoShow(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ visitId: string; status: "NO_SHOW"; noShowAt: string }, NoShowRefusal>> {
  const done = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ noShowAt: Date; cleanups: string[] }, NoShowRefusal>> => {
      const found = await findVisit(tx, visitId, { lock: true });
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      const { visit } = found;
      if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
      const closed = closedRefusal(statusOf(visit), visit);
      if (closed) return err(closed);
      const noShowAt = deps.clock.now();
      if (noShowAt < visit.scheduledAt) return err({ code: "VISIT_NOT_BEGUN" });
      const evidence = await patientEvidence(tx, visitId);
      if (evidence) return err({ code: "PATIENT_PRESENT", evidence });
      const closing = { noShowAt, endReason: "no-show" };
      const cleanups = await closeVisit(deps, tx, { visit, closing, reason: "no-show", actor });
      // How long the clinician was there for nobody.
      const clinicianMinutes = minutesOf(await presenceOf(tx, visitId), "clinician");
      await recordAudit(tx, { event: "VISIT_NO_SHOW", actor, visitId, metadata: { clinicianMinutes } });
      return ok({ noShowAt, cleanups });
    },
  );
  if (!done.ok) return done;
  await finishCleanups(deps, done.value.cleanups);
  return ok({ visitId, status: "NO_SHOW", noShowAt: done.value.noShowAt.toISOString() });
}
