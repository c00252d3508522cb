import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { roomInvites } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { RoomRole } from "@/lib/kernel/room-role";
import { skewSeconds, toRoomPayload } from "@/lib/vouchers/claims";
import { newCode } from "@/lib/vouchers/code";
import { signJws } from "@/lib/vouchers/jws";
import { kinds } from "@/lib/vouchers/kinds";
import type { RoomLink } from "./answers";
import type { Need } from "./deps";
import { makerId } from "./permit";

export type InviteDeps = Need<"clock" | "keyring" | "signer" | "env">;
const kind = kinds["room-invite"];
const aad = (inviteId: string) => `room-code ${inviteId}`;

/** Where a code leads. It is all that the address says. */
const urlOf = ({ env }: Need<"env">, code: string): string => `${env.VIDEO_JOIN_URL}/r/${code}`;

/**
 * A new link for one role, in the caller's transaction; the one before must have been revoked. The token runs out when it was signed to; the
 * link, which is the row, goes along when the room is extended.
 */
export async function issueInvite(
  deps: InviteDeps,
  tx: Tx,
  { roomId, role, expiresAt, actor }: { roomId: string; role: RoomRole; expiresAt: Date; actor: Actor },
): Promise<RoomLink> {
  const { clock, keyring, env } = deps;
  const id = randomUUID();
  const nonce = randomBytes(32).toString("hex");
  const iat = Math.floor(clock.now().getTime() / 1000);
  const exp = Math.floor(expiresAt.getTime() / 1000);
  const token = await signJws(
    deps.signer,
    kind.typ,
    toRoomPayload(kind, { jti: id, exp, nbf: iat - skewSeconds, iat, roomId, role, nonce }),
  );
  const code = newCode(env.JOIN_CODE_LENGTH);
  // Written out: the role may insert these columns and no others.
  await tx.execute(sql`
    INSERT INTO room_invites (id, room_id, role, code_hash, nonce_hash, sealed_code, issued_at, expires_at, issued_by)
    VALUES (${id}, ${roomId}, ${role}, ${keyring.hash("room-code", code)}, ${keyring.hash("room-nonce", nonce)},
      ${keyring.seal("room-code", code, aad(id))}, to_timestamp(${iat}), ${expiresAt.toISOString()}, ${makerId(actor)})`);
  await recordAudit(tx, {
    event: "TOKEN_ISSUED",
    actor,
    tokenId: id,
    metadata: { kind: "room-invite", roomId, role, expiresAt: expiresAt.toISOString() },
  });
  return { link: urlOf(deps, code), token, expiresAt: new Date(exp * 1000).toISOString() };
}

export type RevokedInvite = { inviteId: string; role: RoomRole };

/** For good, used or not, in the caller's transaction. */
export async function revokeInvites(
  { clock }: Need<"clock">,
  tx: Tx,
  {
    roomId,
    inviteIds,
    role,
    reason,
    actor,
  }: {
    roomId: string;
    inviteIds?: readonly string[];
    role?: RoomRole;
    reason: "replaced" | "removed" | "closed";
    actor: Actor;
  },
): Promise<RevokedInvite[]> {
  const revoked = await tx
    .update(roomInvites)
    .set({ revokedAt: clock.now(), revokeReason: reason, sealedCode: null })
    .where(
      and(
        eq(roomInvites.roomId, roomId),
        isNull(roomInvites.revokedAt),
        role ? eq(roomInvites.role, role) : undefined,
        inviteIds ? inArray(roomInvites.id, [...inviteIds]) : undefined,
      ),
    )
    .returning({ inviteId: roomInvites.id, role: roomInvites.role });
  for (const { inviteId } of revoked)
    await recordAudit(tx, {
      event: "TOKEN_REVOKED",
      actor,
      tokenId: inviteId,
      metadata: { kind: "room-invite", roomId, reason },
    });
  return revoked;
}

/** The live invite of a role, with its link while nobody has come by it. Null: there is none. */
export async function liveInvite(
  deps: Need<"keyring" | "env">,
  tx: Tx,
  roomId: string,
  role: RoomRole,
): Promise<{ inviteId: string; url: string | null; expiresAt: Date } | null> {
  const [found] = await tx
    .select()
    .from(roomInvites)
    .where(and(eq(roomInvites.roomId, roomId), eq(roomInvites.role, role), isNull(roomInvites.revokedAt)));
  if (!found) return null;
  const { id, sealedCode, redeemedAt, expiresAt } = found;
  const code =
    sealedCode && !redeemedAt ? deps.keyring.unseal("room-code", sealedCode, aad(id)).toString("utf8") : null;
  return { inviteId: id, url: code && urlOf(deps, code), expiresAt };
}
