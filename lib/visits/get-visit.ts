import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { VisitDetail } from "./answers";
import type { Need } from "./deps";
import { detailOf } from "./describe-visit";
import { findVisit } from "./find-visit";
import type { VisitUnknown } from "./refusals";

/** One visit, for staff who may see it. Each look is recorded. */
export async function getVisit(
  deps: Need<"db" | "clock">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<VisitDetail, VisitUnknown>> {
  return deps.db.asActor(actor, async (tx) => {
    const found = await findVisit(tx, visitId);
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    await recordAudit(tx, { event: "VISIT_VIEWED", actor, visitId });
    return ok(await detailOf(tx, found, deps.clock.now()));
  });
}
