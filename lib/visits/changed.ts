import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitChangedChannel } from "@/lib/kernel/change-channels";

export { visitChangedChannel };

/** Told when, and only if, the transaction commits. */
export async function tellChanged(tx: Tx, visitId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${visitChangedChannel}, ${visitId})`);
}

/** The same, and to whoever waits for the same clinician: who is where, or what is planned, has changed. */
export async function tellQueue(tx: Tx, visitId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${visitChangedChannel}, ${visitId}), tell_queue(${visitId}::uuid)`);
}
