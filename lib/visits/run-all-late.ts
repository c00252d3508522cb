import { and, eq, inArray, isNull } from "drizzle-orm";
import { customers, videoVisits } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { VisitSummary } from "./answers";
import type { Need } from "./deps";
import { listVisits } from "./list-visits";
import { waits } from "./look-at-today";
import { mayManage } from "./permit";
import type { Forbidden } from "./refusals";
import { type LateVisit, runLate } from "./run-late";

const hourMs = 3_600_000;
/** Whom a delay now still reaches; who comes later may find the clinician on time again. */
const aheadMs = 3 * hourMs;
const behindMs = 2 * hourMs;

/** A delay now matters to this visit: somebody waits, or it is planned for the next three hours and nobody was let in yet. */
export function isDue(visit: VisitSummary, now: Date): boolean {
  const at = Date.parse(visit.scheduledAt) - now.getTime();
  if (at < -behindMs || at > aheadMs) return false;
  if (visit.status === "ACTIVE") return waits(visit) && visit.connected?.patient.admitted !== true;
  return visit.status === "SCHEDULED" && Date.parse(visit.expiresAt) > now.getTime();
}

/** Of these visits, those whose patients have neither number nor address on file: no message reaches them. As far as the actor may see them. */
export async function unreachable(
  deps: Need<"db">,
  { actor, visitIds }: { actor: Actor; visitIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  if (visitIds.length === 0) return new Set();
  const rows = await deps.db.asActor(actor, (tx) =>
    tx
      .select({ id: videoVisits.id })
      .from(videoVisits)
      .innerJoin(customers, eq(customers.id, videoVisits.patientId))
      .where(and(inArray(videoVisits.id, [...visitIds]), isNull(customers.phone), isNull(customers.email))),
  );
  return new Set(rows.map(({ id }) => id));
}

/**
 * Says of everybody who waits for a clinician or is due within three hours that their visit begins so many minutes late, as `runLate` does
 * of one; 0 takes it back. Visits that end meanwhile are left out.
 */
export async function runAllLate(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  { actor, clinicianId, minutes }: { actor: Actor; clinicianId: string; minutes: number },
): Promise<Result<{ visits: LateVisit[] }, Forbidden>> {
  if (!mayManage(actor, { clinicianId })) return err({ code: "FORBIDDEN" });
  const now = deps.clock.now();
  const { visits } = await listVisits(deps, {
    actor,
    clinicianId,
    from: new Date(now.getTime() - behindMs),
    to: new Date(now.getTime() + aheadMs + 1),
    limit: 100,
  });
  const told: LateVisit[] = [];
  for (const visit of visits.filter((one) => isDue(one, now))) {
    if (minutes === 0 && visit.lateMinutes === null) continue;
    const late = await runLate(deps, { actor, visitId: visit.visitId, minutes });
    if (late.ok) told.push(late.value);
  }
  return ok({ visits: told });
}
