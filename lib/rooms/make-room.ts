import { randomUUID } from "node:crypto";
import { rooms } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { MadeRoom } from "./answers";
import { tellRoom } from "./changed";
import type { Need } from "./deps";
import { type InviteDeps, issueInvite } from "./invites";
import { makerId, mayMakeRooms } from "./permit";
import { roomMinutes } from "./room";

/**
 * Makes an audio room, with a link for its host and one for its guest. No meeting yet: the first to join makes it.
 *
 * @param startsAt told to both, enforced on nobody; default now. A moment that has passed counts as now.
 * @param ttlMinutes how long the room is open from `startsAt` on.
 * @see seed 2, "POST /rooms".
 */
export async function makeRoom(
  deps: InviteDeps & Need<"db">,
  {
    actor,
    name = null,
    ttlMinutes = roomMinutes.usual,
    startsAt,
    lobby = true,
  }: { actor: Actor; name?: string | null; ttlMinutes?: number; startsAt?: Date; lobby?: boolean },
): Promise<Result<MadeRoom, { code: "FORBIDDEN" }>> {
  if (!mayMakeRooms(actor)) return err({ code: "FORBIDDEN" });
  const roomId = randomUUID();
  const now = deps.clock.now();
  const starts = startsAt && startsAt > now ? startsAt : now;
  // Whole seconds, as tokens count.
  const expiresAt = new Date(Math.floor(starts.getTime() / 1000) * 1000 + ttlMinutes * 60_000);
  return deps.db.asActor(actor, async (tx) => {
    await tx.insert(rooms).values({
      id: roomId,
      name,
      lobby,
      startsAt: starts,
      expiresAt,
      createdBy: makerId(actor),
      createdAt: now,
    });
    await recordAudit(tx, { event: "ROOM_MADE", actor, metadata: { roomId, ttlMinutes, lobby } });
    const host = await issueInvite(deps, tx, { roomId, role: "host", expiresAt, actor });
    const guest = await issueInvite(deps, tx, { roomId, role: "guest", expiresAt, actor });
    await tellRoom(tx, roomId);
    return ok({ roomId, expiresAt: expiresAt.toISOString(), host, guest });
  });
}
