import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Actor, Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { RoomRole } from "@/lib/kernel/room-role";
import { type Guarded, type GuessLimited, guardGuess, noteMiss } from "@/lib/limits/guess-limits";
import { judgeTimes, readRoomClaims } from "@/lib/vouchers/claims";
import { readCode } from "@/lib/vouchers/code";
import { kinds } from "@/lib/vouchers/kinds";
import { verifyClaims } from "@/lib/vouchers/verify-token";
import type { Need } from "./deps";
import type { RoomOver } from "./room";

export type RoomActor = Extract<Actor, { kind: "room-invite" }>;
export type Presented = { token: string } | { code: string };
export type InviteRefusal =
  | GuessLimited
  | RoomOver
  | { code: "TOKEN_INVALID" }
  | { code: "TOKEN_NOT_YET_VALID" }
  | { code: "CODE_UNKNOWN" }
  | { code: "TOKEN_EXPIRED" }
  | { code: "TOKEN_REVOKED" }
  | { code: "TOKEN_REUSED" }
  | { code: "ROOM_LOCKED" }
  | { code: "ROOM_REMOVED" };
type Outcome =
  | "first"
  | "again"
  | "reused"
  | "revoked"
  | "removed"
  | "expired"
  | "closed"
  | "locked"
  | "unknown";
type Row = { outcome: Outcome; id: string; room_id: string; role: RoomRole };

/**
 * Spends an invite. One holder can ever win; it may repeat while the room is open and the invite not taken back. One round trip: the conditional
 * UPDATE and its record are one statement (`room_invite_redeem`).
 *
 * @param roomId given, it must be the invite's own room; else TOKEN_INVALID or CODE_UNKNOWN, and nothing is spent.
 */
export async function redeemInvite(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env"> & Guarded,
  {
    presented,
    roomId,
    holder,
    origin,
  }: { presented: Presented; roomId?: string; holder: string; origin: Origin },
): Promise<Result<RoomActor, InviteRefusal>> {
  const hint = "code" in presented ? presented.code : "";
  const limited = await guardGuess(deps, origin, hint);
  if (limited) return err(limited);
  const spent = await spend(deps, { presented, roomId, holder, origin });
  if (spent.ok) return spent;
  await noteMiss(deps, origin, hint, spent.error.code);
  await recordRefusal(deps, {
    event: spent.error.code === "TOKEN_REUSED" ? "TOKEN_REUSED" : "TOKEN_REFUSED",
    actor: { kind: "anonymous", origin },
    ...(spent.tokenId && { tokenId: spent.tokenId }),
    metadata: { kind: "room-invite" },
    errorCode: spent.error.code,
  });
  return err(spent.error);
}

type Spent = { ok: true; value: RoomActor } | { ok: false; error: InviteRefusal; tokenId?: string };

async function spend(
  deps: Need<"db" | "clock" | "keyring" | "signer" | "env">,
  asked: { presented: Presented; roomId?: string; holder: string; origin: Origin },
): Promise<Spent> {
  const { presented, origin } = asked;
  const key = await keyOf(deps, presented);
  if (!key.ok) return key;
  const [row] = await deps.db.call<Row>("room_invite_redeem", [
    key.value.id,
    key.value.codeHashes,
    key.value.nonceHashes,
    asked.roomId ?? null,
    deps.keyring.hashes("holder", asked.holder),
    origin.ip.slice(0, 45),
    origin.userAgent.slice(0, 512),
    deps.env.JOIN_BINDING === "strict",
  ]);
  if (!row) throw new Error("room_invite_redeem always answers one row");
  const { outcome, id: inviteId, room_id: roomId, role } = row;
  if (outcome === "first" || outcome === "again")
    return ok({ kind: "room-invite", inviteId, roomId, role, origin });
  const code = outcome === "unknown" ? key.value.unknown : refusals[outcome];
  return { ok: false, error: { code }, tokenId: inviteId };
}

const refusals = {
  reused: "TOKEN_REUSED",
  revoked: "TOKEN_REVOKED",
  removed: "ROOM_REMOVED",
  expired: "TOKEN_EXPIRED",
  closed: "ROOM_CLOSED",
  locked: "ROOM_LOCKED",
} as const;

type Key = {
  id: string | null;
  codeHashes: Buffer[];
  nonceHashes: Buffer[] | null;
  unknown: "TOKEN_INVALID" | "CODE_UNKNOWN";
};

async function keyOf(
  deps: Need<"clock" | "keyring" | "signer">,
  presented: Presented,
): Promise<Result<Key, { code: "TOKEN_INVALID" | "TOKEN_NOT_YET_VALID" | "TOKEN_EXPIRED" }>> {
  if ("code" in presented) {
    const codeHashes = inviteHashes(deps, presented.code);
    return ok({ id: null, codeHashes, nonceHashes: null, unknown: "CODE_UNKNOWN" });
  }
  const claims = await verifyClaims(deps, kinds["room-invite"], presented.token, readRoomClaims);
  if (!claims.ok) return claims;
  const { jti, nonce } = claims.value;
  const times = judgeTimes(claims.value, deps.clock.now());
  if (times === "invalid") return err({ code: "TOKEN_INVALID" });
  if (times === "early") return err({ code: "TOKEN_NOT_YET_VALID" });
  // Whether it is too late is the row's to say: its holder may come back.
  return ok({
    id: jti,
    codeHashes: [],
    nonceHashes: deps.keyring.hashes("room-nonce", nonce),
    unknown: "TOKEN_INVALID",
  });
}

/** What is no code at all is looked up like any other, and takes as long. */
export function inviteHashes({ keyring }: Need<"keyring">, code: string): Buffer[] {
  return keyring.hashes("room-code", readCode(code) ?? "not a code");
}
