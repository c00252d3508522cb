import { and, asc, eq, gte, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { findVisit, type VisitWithPeople } from "./find-visit";
import { mayManage } from "./permit";
import { closedRefusal, type FollowingRefusal } from "./refusals";
import { statusOf } from "./status";

/**
 * A visit and all of its series that follow and are still to come, earliest first, locked until commit. What the actor may not see (another
 * clinician took it over) is not among them.
 */
export async function lockFollowing(
  tx: Tx,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<[VisitWithPeople, ...VisitWithPeople[]], FollowingRefusal>> {
  const first = await findVisit(tx, visitId);
  if (!first) return err({ code: "VISIT_UNKNOWN" });
  if (!mayManage(actor, first.visit)) return err({ code: "FORBIDDEN" });
  const { seriesId, scheduledAt } = first.visit;
  if (!seriesId) return err({ code: "NOT_REPEATED" });
  const rows = await tx
    .select({ id: videoVisits.id })
    .from(videoVisits)
    .where(
      and(
        eq(videoVisits.seriesId, seriesId),
        gte(videoVisits.scheduledAt, scheduledAt),
        isNull(videoVisits.cancelledAt),
      ),
    )
    .orderBy(asc(videoVisits.scheduledAt));
  // One after the other and always earliest first: two who change the same series wait, and don't lock each other out.
  const following: VisitWithPeople[] = [];
  let own: VisitWithPeople | null = null;
  for (const { id } of rows) {
    const found = await findVisit(tx, id, { lock: true });
    if (!found || !mayManage(actor, found.visit)) continue;
    if (id === visitId) own = found;
    else if (statusOf(found.visit) === "SCHEDULED") following.push(found);
  }
  const now = own ?? (await findVisit(tx, visitId)) ?? first;
  const closed = closedRefusal(statusOf(now.visit), now.visit);
  if (closed) return err(closed);
  return ok([now, ...following]);
}
