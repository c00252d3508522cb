import { eq } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { rooms } from "@/db/schema";
import { isUuid } from "@/lib/kernel/uuid";

export type RoomRow = typeof rooms.$inferSelect;
/** Derived from times, never stored. */
export const roomStates = ["open", "closed", "expired"] as const;
export type RoomState = (typeof roomStates)[number];

export type RoomUnknown = { code: "ROOM_UNKNOWN" };
/** 410. `expired`: its time ran out; else somebody closed it. */
export type RoomOver = { code: "ROOM_CLOSED" } | { code: "ROOM_EXPIRED" };

/** Minutes. What a room may be made for, or be extended by. */
export const roomMinutes = { least: 5, most: 1_440, usual: 60 } as const;

export function stateOf(room: Pick<RoomRow, "closedAt" | "closeReason" | "expiresAt">, now: Date): RoomState {
  if (room.closedAt) return room.closeReason === "expired" ? "expired" : "closed";
  return room.expiresAt <= now ? "expired" : "open";
}

export function overRefusal(room: RoomRow, now: Date): RoomOver | null {
  const state = stateOf(room, now);
  if (state === "open") return null;
  return { code: state === "closed" ? "ROOM_CLOSED" : "ROOM_EXPIRED" };
}

/** As far as row-level security shows it to the transaction's actor. `lock`: for a change that must see the newest. */
export async function findRoom(tx: Tx, roomId: string, { lock = false } = {}): Promise<RoomRow | null> {
  if (!isUuid(roomId)) return null;
  const query = tx.select().from(rooms).where(eq(rooms.id, roomId));
  const [room] = await (lock ? query.for("update") : query);
  return room ?? null;
}
