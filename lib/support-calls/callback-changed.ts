import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { callbackChangedChannel } from "@/lib/kernel/change-channels";

/** Told when, and only if, the transaction commits: to the customer's pages and to the desks. */
export async function tellCallback(tx: Tx, customerId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${callbackChangedChannel}, ${customerId})`);
}
