import { sql } from "drizzle-orm";
import type { Actor } from "@/lib/kernel/actor";
import type { Need } from "./deps";

/** How far the patient's link has come. Each is a fact that was seen, never a guess. */
export type Journey = { sent: boolean; failed: boolean; opened: boolean; joined: boolean };

/** The patient's journey for each of these visits, as far as the actor may see them. */
export async function listJourneys(
  deps: Need<"db">,
  { actor, visitIds }: { actor: Actor; visitIds: readonly string[] },
): Promise<Map<string, Journey>> {
  if (visitIds.length === 0) return new Map();
  const ids = sql.join(
    visitIds.map((id) => sql`${id}::uuid`),
    sql`, `,
  );
  return deps.db.asActor(actor, async (tx) => {
    const rows = await tx.execute<{ id: string } & Journey>(sql`
      SELECT v.id,
        coalesce(o.sent, false) AS sent, coalesce(o.failed, false) AND NOT coalesce(o.sent, false) AS failed,
        coalesce(l.opened, false) AS opened, coalesce(l.joined, false) AS joined
      FROM video_visits v
      LEFT JOIN LATERAL (SELECT bool_or(sent_at IS NOT NULL) AS sent, bool_or(failed_at IS NOT NULL) AS failed
                           FROM outbox WHERE visit_id = v.id AND party = 'patient') o ON true
      LEFT JOIN LATERAL (SELECT bool_or(opened_at IS NOT NULL OR redeemed_at IS NOT NULL) AS opened, bool_or(redeemed_at IS NOT NULL) AS joined
                           FROM vouchers WHERE visit_id = v.id AND party = 'patient') l ON true
      WHERE v.id IN (${ids})`);
    return new Map([...rows].map(({ id, ...journey }) => [id, journey]));
  });
}
