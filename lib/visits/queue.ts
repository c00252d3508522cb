import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import type { LiveState } from "./answers";

/**
 * How it stands before the acting link's own visit, from what is seen and never from an estimate: whether the clinician and another patient
 * are in a visit together now, and how many patients wait in visits that were planned before. `next`: nobody waits before, and nobody
 * who could still come is planned before.
 */
export async function queueOf(tx: Tx, now: Date): Promise<NonNullable<LiveState["queue"]>> {
  const [row] = await tx.execute<{
    with_another: boolean;
    waiting_before: number;
    expected_before: number;
  }>(sql`SELECT * FROM link_queue(${now.toISOString()}::timestamptz)`);
  const before = row?.waiting_before ?? 0;
  return {
    withAnother: row?.with_another ?? false,
    before,
    next: before === 0 && (row?.expected_before ?? 0) === 0,
  };
}
