import { and, asc, isNull, lt, sql } from "drizzle-orm";
import { videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { sweeper } from "@/lib/kernel/actor";
import { closeVisit } from "./close-visit";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { sweepCodes } from "./link-codes";
import { patientEvidence } from "./patient-evidence";
import { isConnected } from "./presence";
import { secondsBetween } from "./refusals";
import { seatsOf } from "./seat";
import { isOpen, statusOf } from "./status";
import { windowEndsAt } from "./window";

/** A visit that nobody ever joined waits this long for staff to say what became of it. */
const unjoinedGraceMs = 4 * 3_600_000;
const batch = 50;

/**
 * Closes what everybody forgot to close: a visit past its window in which nobody is any more is completed, and one that nobody ever
 * joined becomes a no-show some hours later. One with somebody inside goes on, however late.
 * @returns how many it closed.
 */
export async function sweepStale(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
): Promise<number> {
  const now = deps.clock.now();
  const lastEnd = new Date(now.getTime() - 15 * 60_000); // exactly which are due is decided one by one below
  const due = await deps.db.asActor(sweeper, (tx) =>
    tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .where(
        and(
          isNull(videoVisits.endedAt),
          isNull(videoVisits.cancelledAt),
          isNull(videoVisits.noShowAt),
          lt(videoVisits.scheduledAt, now),
          lt(sql`upper(${videoVisits.during})`, lastEnd.toISOString()),
        ),
      )
      .orderBy(asc(videoVisits.scheduledAt))
      .limit(batch),
  );
  let closed = 0;
  for (const { id } of due) {
    const cleanups = await closeIfStale(deps, id, now);
    if (!cleanups) continue;
    closed += 1;
    await finishCleanups(deps, cleanups);
  }
  await deps.db.asActor(sweeper, (tx) => sweepCodes(tx, now));
  return closed;
}

async function closeIfStale(
  deps: Need<"db" | "clock">,
  visitId: string,
  now: Date,
): Promise<string[] | null> {
  return deps.db.asActor(sweeper, async (tx) => {
    const visit = (await findVisit(tx, visitId, { lock: true }))?.visit;
    if (!visit || !isOpen(statusOf(visit))) return null;
    const over = windowEndsAt(visit).getTime();
    if (!visit.startedAt) {
      if (now.getTime() < over + unjoinedGraceMs) return null;
      const closing = { noShowAt: now, endReason: "nobody-joined" };
      const ids = await closeVisit(deps, tx, { visit, closing, reason: "no-show", actor: sweeper });
      await recordAudit(tx, { event: "VISIT_NO_SHOW", actor: sweeper, visitId, metadata: { by: "sweep" } });
      return ids;
    }
    if (now.getTime() < over) return null;
    const seats = await seatsOf(tx, visitId);
    if (seats.some((seat) => isConnected(seat, now))) return null;
    // Its end is when it was last seen alive, not when we noticed.
    const seen = seats.map((seat) => (seat.leftAt ?? seat.presentAt)?.getTime() ?? 0);
    const endedAt = new Date(Math.max(visit.startedAt.getTime(), ...seen));
    // Others came and waited; the patient never did.
    if (visit.route === "meeting" && !(await patientEvidence(tx, visitId))) {
      const closing = { noShowAt: now, endReason: "patient-never-came" };
      const ids = await closeVisit(deps, tx, { visit, closing, reason: "no-show", actor: sweeper });
      await recordAudit(tx, { event: "VISIT_NO_SHOW", actor: sweeper, visitId, metadata: { by: "sweep" } });
      return ids;
    }
    const closing = { endedAt, endReason: "window-closed" };
    const ids = await closeVisit(deps, tx, { visit, closing, reason: "visit ended", actor: sweeper });
    await recordAudit(tx, {
      event: "VISIT_ENDED",
      actor: sweeper,
      visitId,
      metadata: { endReason: "window-closed", durationSeconds: secondsBetween(visit.startedAt, endedAt) },
    });
    return ids;
  });
}
