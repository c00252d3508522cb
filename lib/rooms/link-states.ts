import { inArray } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomInvites } from "@/db/schema";
import type { RoomRole } from "@/lib/kernel/room-role";
import type { LinkState } from "./answers";

type Invite = Pick<
  typeof roomInvites.$inferSelect,
  "roomId" | "role" | "openedAt" | "redeemedAt" | "revokedAt"
>;

/** How each role's newest link stands, while its room is open, as far as row-level security shows them. */
export async function linkStatesOf(
  tx: Tx,
  roomIds: readonly string[],
): Promise<(roomId: string, role: RoomRole) => LinkState> {
  const { roomId, role, openedAt, redeemedAt, revokedAt, issuedAt } = roomInvites;
  const invites: Invite[] = await tx
    .select({ roomId, role, openedAt, redeemedAt, revokedAt })
    .from(roomInvites)
    .where(inArray(roomId, [...roomIds]))
    .orderBy(issuedAt);
  return (room, of) => stateOf(invites.filter((one) => one.roomId === room && one.role === of).at(-1));
}

function stateOf(invite: Invite | undefined): LinkState {
  if (!invite || invite.revokedAt) return "revoked";
  if (invite.redeemedAt) return "used";
  return invite.openedAt ? "opened" : "ready";
}
