import { sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";

const worker = { kind: "system", name: "worker" } as const;

/**
 * Records TOKEN_EXPIRED, once, for vouchers that ran out unused. Tidying only: expiry takes effect by itself.
 * Several workers may sweep at once. @returns how many it passed over, used ones included; call again while that is `batch`.
 */
export async function sweepExpired({ db }: { db: Db }, batch = 500): Promise<number> {
  return db.asActor(worker, async (tx) => {
    const rows = await tx.execute<{
      id: string;
      visit_id: string;
      party: string;
      expires_at: string;
      unused: boolean;
    }>(sql`
      UPDATE vouchers SET expired_noted_at = now()
      WHERE id IN (
        SELECT id FROM vouchers
        WHERE expires_at < now() AND expired_noted_at IS NULL
        ORDER BY expires_at LIMIT ${batch} FOR UPDATE SKIP LOCKED)
      RETURNING id, visit_id, party, expires_at, redeemed_at IS NULL AND revoked_at IS NULL AS unused`);
    for (const row of rows) {
      if (!row.unused) continue;
      await recordAudit(tx, {
        event: "TOKEN_EXPIRED",
        actor: worker,
        visitId: row.visit_id,
        tokenId: row.id,
        metadata: { party: row.party, expiredAt: new Date(row.expires_at).toISOString() },
      });
    }
    return rows.length;
  });
}
