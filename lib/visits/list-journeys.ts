import { sql } from "drizzle-orm";
import type { Actor } from "@/lib/kernel/actor";
import type { Need } from "./deps";
import { isFine, lastChecks } from "./device-check";

/**
 * How far the patient's link has come: only a message that carries one counts as sent or delivered. Each is a fact that was seen, never a guess. `failed`: nothing that was sent got through.
 * `bounced`: the number or address on file does not exist (and nothing sent that way since got through), so it must be put right.
 */
export type Journey = {
  sent: boolean;
  /** The provider said that it arrived. */
  delivered: boolean;
  failed: boolean;
  bounced: "text" | "email" | null;
  opened: boolean;
  joined: boolean;
  /** What came of their newest device check; null: none, or not for this reader. */
  check: "fine" | "trouble" | null;
};

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
    const rows = await tx.execute<{ id: string } & Omit<Journey, "check">>(sql`
      SELECT v.id,
        coalesce(o.sent, false) AS sent, coalesce(o.delivered, false) AS delivered, coalesce(o.failed, false) AND NOT coalesce(o.reached, false) AS failed, b.bounced,
        coalesce(l.opened, false) AS opened, coalesce(l.joined, false) AS joined
      FROM video_visits v
      LEFT JOIN LATERAL (SELECT bool_or(went AND linked) AS sent, bool_or(went) AS reached,
                             bool_or(delivered_at IS NOT NULL AND NOT lost AND linked) AS delivered, bool_or(failed_at IS NOT NULL OR lost) AS failed
                           FROM (SELECT *, (sent_at IS NOT NULL OR delivered_at IS NOT NULL) AND NOT lost AS went FROM (SELECT sent_at, delivered_at, failed_at, voucher_id IS NOT NULL AS linked,
                                   bounced_at IS NOT NULL OR coalesce(undeliverable_at > coalesce(delivered_at, '-infinity'), false) AS lost
                                 FROM outbox WHERE visit_id = v.id AND party = 'patient') m) n) o ON true
      LEFT JOIN LATERAL (SELECT CASE kind WHEN 'sms' THEN 'text' ELSE 'email' END AS bounced
                           FROM (SELECT DISTINCT ON (kind) kind, bounced_at FROM outbox
                                 WHERE visit_id = v.id AND party = 'patient' AND (sent_at IS NOT NULL OR bounced_at IS NOT NULL)
                                 ORDER BY kind, created_at DESC) newest
                           WHERE bounced_at IS NOT NULL LIMIT 1) b ON true
      LEFT JOIN LATERAL (SELECT bool_or(opened_at IS NOT NULL OR redeemed_at IS NOT NULL) AS opened, bool_or(redeemed_at IS NOT NULL) AS joined
                           FROM vouchers WHERE visit_id = v.id AND party = 'patient') l ON true
      WHERE v.id IN (${ids})`);
    const checks = await lastChecks(tx, visitIds);
    return new Map(
      [...rows].map(({ id, ...journey }) => {
        const check = checks.get(id);
        return [id, { ...journey, check: check ? (isFine(check) ? "fine" : "trouble") : null }];
      }),
    );
  });
}
