import { and, eq, inArray } from "drizzle-orm";
import { roomInvites, roomSeats } from "@/db/schema";
import { clerk, type Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { Need } from "./deps";
import type { RoomActor } from "./redeem-invite";

type Deps = Need<"db" | "keyring">;

/** Whose session a token is: the newest of its seat, while the invite opens anything. */
export async function roomSession(
  deps: Deps,
  { roomId, sessionToken, origin }: { roomId: string; sessionToken: string; origin: Origin },
): Promise<Result<RoomActor, { code: "SESSION_INVALID" }>> {
  const hashes = deps.keyring.hashes("room-session", sessionToken);
  const [row] = await deps.db.asActor(clerk, (tx) =>
    tx
      .select({ inviteId: roomSeats.inviteId, roomId: roomSeats.roomId, role: roomSeats.role })
      .from(roomSeats)
      .where(inArray(roomSeats.sessionHash, hashes)),
  );
  if (row?.roomId !== roomId) return err({ code: "SESSION_INVALID" });
  return ok({ kind: "room-invite", ...row, origin });
}

/**
 * The actor behind a seat, proven by the browser's cookie: it must be the one that spent this seat's invite. One that was taken out may still
 * hear that it was. One refusal for all else.
 */
export async function roomSeatHolder(
  deps: Deps,
  { roomId, seatId, holder, origin }: { roomId: string; seatId: string; holder: string; origin: Origin },
): Promise<Result<RoomActor, { code: "SEAT_UNKNOWN" }>> {
  if (!isUuid(seatId) || !holder) return err({ code: "SEAT_UNKNOWN" });
  const [invite] = await deps.db.asActor(clerk, (tx) =>
    tx
      .select()
      .from(roomInvites)
      .where(and(eq(roomInvites.id, seatId), eq(roomInvites.roomId, roomId))),
  );
  if (!invite?.holderHash || !deps.keyring.matches("holder", holder, invite.holderHash))
    return err({ code: "SEAT_UNKNOWN" });
  return ok({ kind: "room-invite", inviteId: seatId, roomId, role: invite.role, origin });
}
