import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type ArrivalDetails, type ArrivalRow, lastArrival, openArrival } from "./arrival";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";

/** Where the patient is and how to reach them, as they said last. Who asks is recorded before they see it. Null: nothing was said. */
export async function readArrival(
  deps: Need<"db" | "cipher">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<ArrivalDetails | null, VisitUnknown | Forbidden>> {
  const row = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<ArrivalRow | null, VisitUnknown | Forbidden>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
      await recordAudit(tx, { event: "PLACE_VIEWED", actor, visitId });
      return ok(await lastArrival(tx, visitId));
    },
  );
  if (!row.ok) return row;
  return ok(row.value && (await openArrival(deps, row.value)));
}
