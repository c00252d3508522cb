import { desc, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { customers, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { entryOf, type PatientEntry } from "./entry";

/** So many of the actor's last bookings are looked through: a series is many bookings of one patient. */
const bookingsAtMost = 60;

/**
 * For whom the actor booked last, the latest first; each once, as far as the actor may see them now. One range of `video_visits_by_booker`.
 * Recorded like a list of patients.
 */
export async function recentPatients(
  deps: { db: Db },
  { actor, limit = 8 }: { actor: Actor; limit?: number },
): Promise<PatientEntry[]> {
  if (actor.kind !== "person") return [];
  return deps.db.asActor(actor, async (tx) => {
    const booked = await tx
      .select({ patientId: videoVisits.patientId })
      .from(videoVisits)
      .where(eq(videoVisits.createdBy, actor.id))
      .orderBy(desc(videoVisits.createdAt))
      .limit(bookingsAtMost);
    const ids = [...new Set(booked.map(({ patientId }) => patientId))].slice(0, limit);
    if (ids.length === 0) return [];
    const rows = await tx.select().from(customers).where(inArray(customers.id, ids));
    await recordAudit(tx, {
      event: "PATIENTS_LISTED",
      actor,
      metadata: { count: rows.length, searched: false },
    });
    const byId = new Map(rows.map((row) => [row.id, entryOf(row)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  });
}
