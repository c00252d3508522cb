import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomChangedChannel } from "@/lib/kernel/change-channels";

export { roomChangedChannel };

/** Told when, and only if, the transaction commits. */
export async function tellRoom(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${roomChangedChannel}, ${roomId})`);
}
