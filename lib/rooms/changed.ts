import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";

/** The channel on which every change of a room's live state is told; the payload is the room's id. */
export const roomChangedChannel = "room_changed";

/** Told when, and only if, the transaction commits. */
export async function tellRoom(tx: Tx, roomId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${roomChangedChannel}, ${roomId})`);
}
