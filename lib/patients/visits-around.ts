import { sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";

/** The next open visit, and the last that took place. */
export type VisitsAround = { nextAt: string | null; lastAt: string | null };

/** For a page of patients, each two looks into the index of their own visits; as far as the actor may see those. */
export async function visitsAround(
  deps: { db: Db; clock: Clock },
  { actor, patientIds }: { actor: Actor; patientIds: readonly string[] },
): Promise<Map<string, VisitsAround>> {
  if (patientIds.length === 0) return new Map();
  const now = deps.clock.now().toISOString();
  const ids = sql.join(
    patientIds.map((id) => sql`(${id}::uuid)`),
    sql`, `,
  );
  const rows = await deps.db.asActor(actor, (tx) =>
    tx.execute<{ id: string; next_at: Date | string | null; last_at: Date | string | null }>(sql`
      SELECT p.id,
        (SELECT v.scheduled_at FROM video_visits v
          WHERE v.patient_id = p.id AND v.scheduled_at >= ${now}::timestamptz
            AND v.ended_at IS NULL AND v.cancelled_at IS NULL AND v.no_show_at IS NULL
          ORDER BY v.scheduled_at LIMIT 1) AS next_at,
        (SELECT v.scheduled_at FROM video_visits v
          WHERE v.patient_id = p.id AND v.scheduled_at < ${now}::timestamptz AND v.ended_at IS NOT NULL
          ORDER BY v.scheduled_at DESC LIMIT 1) AS last_at
      FROM (VALUES ${ids}) AS p (id)`),
  );
  const iso = (at: Date | string | null) => at && new Date(at).toISOString();
  return new Map(rows.map((row) => [row.id, { nextAt: iso(row.next_at), lastAt: iso(row.last_at) }]));
}
