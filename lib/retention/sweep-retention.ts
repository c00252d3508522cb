import { sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";

const worker: Actor = { kind: "system", name: "worker" };

/**
 * Lets go of what the clinic keeps no longer: `most` rows of each table, in one transaction with the record of how many went.
 * @returns how many; 0: nothing is due.
 */
export async function sweepRetention({ db }: { db: Db }, most = 500): Promise<number> {
  return db.asActor(worker, async (tx) => {
    const rows = await tx.execute<{ kind: string; gone: number; told: number }>(
      sql`SELECT kind, sum(gone)::integer AS gone, sum(told)::integer AS told FROM retention_sweep(${most}) GROUP BY kind HAVING sum(gone) > 0`,
    );
    const total = rows.reduce((sum, { gone }) => sum + gone, 0);
    const told = rows.filter(({ told }) => told > 0);
    if (told.length > 0)
      await recordAudit(tx, {
        event: "RETENTION_SWEPT",
        actor: worker,
        metadata: Object.fromEntries(told.map(({ kind, told }) => [kind, told])),
      });
    return total;
  });
}
