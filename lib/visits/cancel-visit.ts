import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { closeVisit } from "./close-visit";
import { finishCleanups } from "./cloud-cleanups";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { mayManage } from "./permit";
import { type CancelRefusal, closedRefusal } from "./refusals";
import { statusOf } from "./status";
import { tellGuests } from "./tell-guests";
import { tellParty } from "./tell-party";
import { toldParties } from "./told-parties";

export type CancelledVisit = { visitId: string; status: "CANCELLED"; cancelledAt: string };

/** Calls a visit off. Whoever was told of it is told of this, by the same ways; whoever waits inside sees it at once. */
export async function cancelVisit(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env" | "meetings" | "contactCentre" | "log">,
  { actor, visitId, reason }: { actor: Actor; visitId: string; reason?: string },
): Promise<Result<CancelledVisit, CancelRefusal>> {
  const done = await deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ answer: CancelledVisit; cleanups: string[] }, CancelRefusal>> => {
      const found = await findVisit(tx, visitId, { lock: true });
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
      const closed = closedRefusal(statusOf(found.visit), found.visit);
      if (closed) return err(closed);

      const cancelledAt = deps.clock.now();
      const calendarSequence = found.visit.calendarSequence + 1;
      const told = await toldParties(tx, visitId);
      const closing = { cancelledAt, cancelReason: reason ?? null, calendarSequence };
      const cleanups = await closeVisit(deps, tx, {
        visit: found.visit,
        closing,
        reason: "cancelled",
        actor,
      });
      const now = { ...found, visit: { ...found.visit, calendarSequence } };
      for (const { party, channel } of told)
        await tellParty(deps, tx, now, { party, template: "cancelled", channel, link: null, actor });
      await tellGuests(deps, tx, now, { template: "cancelled", actor });
      await recordAudit(tx, { event: "VISIT_CANCELLED", actor, visitId });
      return ok({
        answer: { visitId, status: "CANCELLED", cancelledAt: cancelledAt.toISOString() },
        cleanups,
      });
    },
  );
  if (!done.ok) return done;
  await finishCleanups(deps, done.value.cleanups);
  return ok(done.value.answer);
}
