import { eq } from "drizzle-orm";
import { videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { closeVisit } from "./close-visit";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { closedRefusal, secondsBetween } from "./refusals";
import { statusOf } from "./status";

type Colleague = Extract<Actor, { kind: "person" }>;
type Asked = { actor: Colleague; contactId: string };

/**
 * Whoever has a visit's contact at their desk hangs up: the visit is ended first, so that the patient reads that it is over and sees no broken line,
 * and the contact is stopped after it. Whether the contact is at their desk is the caller's to have asked.
 * @returns whether it was an open visit's.
 */
export async function endVisitAtDesk(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  { actor, contactId }: Asked,
): Promise<boolean> {
  const cleanups = await deps.db.asActor(clerk, async (tx) => {
    const [held] = await tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .where(eq(videoVisits.connectContactId, contactId));
    const found = held && (await findVisit(tx, held.id, { lock: true }));
    // Another contact came after this one, for the same visit.
    if (found?.visit.connectContactId !== contactId) return null;
    const { visit } = found;
    if (closedRefusal(statusOf(visit), visit) || !visit.startedAt) return null;
    const now = deps.clock.now();
    const ids = await closeVisit(deps, tx, {
      visit,
      closing: { endedAt: now, endReason: "completed" },
      reason: "visit ended",
      actor,
    });
    await recordAudit(tx, {
      event: "VISIT_ENDED",
      actor,
      visitId: visit.id,
      metadata: {
        endReason: "completed",
        durationSeconds: secondsBetween(visit.startedAt, now),
        contact: contactId,
      },
    });
    return ids;
  });
  if (!cleanups) return false;
  await finishCleanups(deps, cleanups);
  return true;
}

/** Records that a colleague took a visit's call at their desk, where it is a visit's. */
export async function noteAnswered(deps: Need<"db">, { actor, contactId }: Asked): Promise<void> {
  await deps.db.asActor(clerk, async (tx) => {
    const [visit] = await tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .where(eq(videoVisits.connectContactId, contactId));
    if (visit)
      await recordAudit(tx, {
        event: "VISIT_ANSWERED",
        actor,
        visitId: visit.id,
        metadata: { contact: contactId },
      });
  });
}
