import { and, asc, isNull, lte } from "drizzle-orm";
import { rooms } from "@/db/schema";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { sweeper } from "@/lib/kernel/actor";
import { close } from "./change-room";
import type { Need } from "./deps";

const batch = 20;

/**
 * For the worker: rooms whose time ran out are closed, their links revoked, their meetings ended. Tidying, and news for those inside: nobody comes
 * in after the time anyway. Several workers may sweep at once. @returns how many it closed; call again while that is a whole batch.
 */
export async function sweepRooms(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
): Promise<number> {
  const swept = await deps.db.asActor(sweeper, async (tx) => {
    const over = await tx
      .select()
      .from(rooms)
      .where(and(isNull(rooms.closedAt), lte(rooms.expiresAt, deps.clock.now())))
      .orderBy(asc(rooms.expiresAt))
      .limit(batch)
      .for("update", { skipLocked: true });
    const cleanups: string[] = [];
    for (const room of over) cleanups.push(...(await close(deps, tx, room, sweeper, "expired")));
    return { count: over.length, cleanups };
  });
  await finishCleanups(deps, swept.cleanups);
  return swept.count;
}
