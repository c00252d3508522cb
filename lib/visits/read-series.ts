import { asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits, visitSeries } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { SeriesOfVisit } from "./answers";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import type { VisitUnknown } from "./refusals";
import { statusOf } from "./status";

/** The series that a visit is one of, with all its visits that the actor may see, by time. Null: the visit is one by itself. */
export async function readSeries(
  deps: Need<"db">,
  { actor, visitId }: { actor: Actor; visitId: string },
): Promise<Result<{ series: SeriesOfVisit | null }, VisitUnknown>> {
  return deps.db.asActor(
    actor,
    async (tx): Promise<Result<{ series: SeriesOfVisit | null }, VisitUnknown>> => {
      const found = await findVisit(tx, visitId);
      if (!found) return err({ code: "VISIT_UNKNOWN" });
      const { seriesId } = found.visit;
      return ok({ series: seriesId ? await seriesOf(tx, seriesId) : null });
    },
  );
}

async function seriesOf(tx: Tx, seriesId: string): Promise<SeriesOfVisit | null> {
  const [series] = await tx.select().from(visitSeries).where(eq(visitSeries.id, seriesId));
  if (!series) return null;
  const visits = await tx
    .select()
    .from(videoVisits)
    .where(eq(videoVisits.seriesId, seriesId))
    .orderBy(asc(videoVisits.scheduledAt));
  return {
    seriesId,
    repeats: series.repeats,
    timeZone: series.timeZone,
    booked: series.visits,
    visits: visits.map((visit) => ({
      visitId: visit.id,
      place: visit.seriesPlace ?? 0,
      scheduledAt: visit.scheduledAt.toISOString(),
      status: statusOf(visit),
    })),
  };
}
