import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { dropWaiting } from "@/lib/notifications/drop-waiting";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit, type VisitRow } from "./find-visit";
import type { LiveLink } from "./link-codes";
import { mayManage } from "./permit";
import { closedRefusal, type Forbidden, type VisitClosed, type VisitUnknown } from "./refusals";
import { seatsOf } from "./seat";
import { linkToSend } from "./send-links";
import { statusOf } from "./status";
import { canReach, tellParty } from "./tell-party";

export type LateVisit = {
  visitId: string;
  lateMinutes: number | null;
  lateUntil: string | null;
  told: boolean;
};
type Deps = Need<"db" | "clock" | "keyring" | "signer" | "env">;
type LateRefusal = VisitUnknown | Forbidden | VisitClosed;
const minuteMs = 60_000;

/**
 * Says that a visit will begin late: by so many minutes from its planned start, or from now if that has passed. The patient gets a text or
 * mail with their link, for they may never have been sent one, and sees it in the waiting room. 0 takes it back, and whoever was told is told
 * that too.
 */
export async function runLate(
  deps: Deps,
  { actor, visitId, minutes }: { actor: Actor; visitId: string; minutes: number },
): Promise<Result<LateVisit, LateRefusal>> {
  return deps.db.asActor(actor, async (tx): Promise<Result<LateVisit, LateRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    const { visit } = found;
    if (!mayManage(actor, visit)) return err({ code: "FORBIDDEN" });
    const closed = closedRefusal(statusOf(visit), visit);
    if (closed) return err(closed);
    if (minutes === 0 && !visit.lateUntil)
      return ok({ visitId, lateMinutes: null, lateUntil: null, told: false });

    const now = deps.clock.now();
    const from = Math.max(visit.scheduledAt.getTime(), Math.ceil(now.getTime() / minuteMs) * minuteMs);
    const late =
      minutes > 0
        ? { lateMinutes: minutes, lateUntil: new Date(from + minutes * minuteMs) }
        : { lateMinutes: null, lateUntil: null };
    await tx.update(videoVisits).set(late).where(eq(videoVisits.id, visitId));

    const { alreadySent } = await dropWaiting(tx, { visitId, templates: ["late", "on-time"], now });
    const channel = canReach(found, "patient", visit.channel) ? visit.channel : "both";
    const told = canReach(found, "patient", channel) && (minutes > 0 || alreadySent > 0);
    if (told)
      await tellParty(
        deps,
        tx,
        { ...found, visit: { ...visit, ...late } },
        {
          party: "patient",
          template: minutes > 0 ? "late" : "on-time",
          channel,
          link: await wayIn(deps, tx, visit, actor),
          uselessAt:
            late.lateUntil ?? new Date(Math.max(now.getTime(), visit.scheduledAt.getTime()) + 10 * minuteMs),
          actor,
        },
      );
    await recordAudit(tx, {
      event: minutes > 0 ? "RUNNING_LATE" : "RUNNING_LATE_UNDONE",
      actor,
      visitId,
      metadata: { minutes, ...(late.lateUntil && { until: late.lateUntil.toISOString() }) },
    });
    await tellChanged(tx, visitId);
    return ok({
      visitId,
      lateMinutes: late.lateMinutes,
      lateUntil: late.lateUntil?.toISOString() ?? null,
      told,
    });
  });
}

/** The patient's link that still opens, or a new one; null for who came in by theirs, and where none could open anything any more. */
async function wayIn(deps: Deps, tx: Tx, visit: VisitRow, actor: Actor): Promise<LiveLink | null> {
  const seats = await seatsOf(tx, visit.id);
  if (seats.some(({ party, removedAt }) => party === "patient" && !removedAt)) return null;
  return linkToSend(deps, tx, { visit, whose: { party: "patient" }, actor });
}
