import { randomBytes, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { recordAudit } from "@/lib/audit/record";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Party } from "@/lib/kernel/party";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import { skewSeconds, toPayload } from "./claims";
import { newCode } from "./code";
import { signJws } from "./jws";
import { kinds, type VoucherKind } from "./kinds";

export type IssueDeps = {
  clock: Clock;
  keyring: Keyring;
  signer: Signer;
  env: Pick<Env, "JOIN_CODE_LENGTH">;
};

/** Both secrets leave us here, once: afterwards neither can be read back without the other (`resolveCode`). */
export type Issued = {
  /** = `jti` = vouchers.id */
  tokenId: string;
  /** Compact JWS, ES256, with seed 4's claims. */
  token: string;
  /** For links that a person may have to type. */
  code: string;
  expiresAt: Date;
};

export type IssueRequest = {
  kind: VoucherKind;
  visitId: string;
  party: Party;
  /** Whom it is for: customers.id, staff.id or visit_guests.id. */
  subject: string;
  /** Counted in whole seconds, rounded down. */
  expiresAt: Date;
  /** Default: two minutes before now, for clocks that lag (seed 4's example). */
  notBefore?: Date;
  actor: Actor;
};

/** Issues a voucher inside the caller's transaction: row and TOKEN_ISSUED commit with whatever it is for. Throws what `Signer` throws. */
export async function issueVoucher(deps: IssueDeps, tx: Tx, request: IssueRequest): Promise<Issued> {
  const tokenId = randomUUID();
  const nonce = randomBytes(32).toString("hex");
  const iat = Math.floor(deps.clock.now().getTime() / 1000);
  const nbf = request.notBefore ? Math.floor(request.notBefore.getTime() / 1000) : iat - skewSeconds;
  const exp = Math.floor(request.expiresAt.getTime() / 1000);
  if (exp <= iat) throw new RangeError("a voucher must expire after it is issued");
  const { party, subject, visitId } = request;
  const kind = kinds[request.kind];
  const token = await signJws(
    deps.signer,
    kind.typ,
    toPayload(kind, { jti: tokenId, exp, nbf, iat, sub: subject, visitId, party, nonce }),
  );

  const code = await insert(deps, tx, request, { tokenId, token, nonce, iat, nbf, exp });
  await recordAudit(tx, {
    event: "TOKEN_ISSUED",
    actor: request.actor,
    visitId,
    tokenId,
    metadata: { kind: request.kind, party, expiresAt: new Date(exp * 1000).toISOString() },
  });
  return { tokenId, token, code, expiresAt: new Date(exp * 1000) };
}

type Made = { tokenId: string; token: string; nonce: string; iat: number; nbf: number; exp: number };

/** Stores it under a code that nobody has. A clash is one in 2^40 per live code, so a second try is already rare. */
async function insert(
  { keyring, env }: IssueDeps,
  tx: Tx,
  request: IssueRequest,
  made: Made,
): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const code = newCode(env.JOIN_CODE_LENGTH);
    // Sealed under a key that needs the code, of which we keep only the hash.
    const sealed = keyring.seal("voucher-token", made.token, made.tokenId, code);
    const inserted = await tx.execute(sql`
      INSERT INTO vouchers (id, kind, visit_id, party, subject, code_hash, nonce_hash, sealed_token, hash_key_id, issued_at, not_before, expires_at, issued_by)
      VALUES (${made.tokenId}, ${request.kind}, ${request.visitId}, ${request.party}, ${request.subject},
        ${keyring.hash("voucher-code", code)}, ${keyring.hash("voucher-nonce", made.nonce)}, ${sealed}, ${keyring.currentKeyId},
        to_timestamp(${made.iat}), to_timestamp(${made.nbf}), to_timestamp(${made.exp}), ${issuerOf(request.actor)})
      ON CONFLICT (code_hash) DO NOTHING`);
    if (inserted.count === 1) return code;
  }
  throw new Error("no free code found in five tries: JOIN_CODE_LENGTH is too short for this many live links");
}

function issuerOf(actor: Actor): string {
  switch (actor.kind) {
    case "person":
    case "api-key":
      return actor.id;
    case "link":
      return actor.voucherId;
    case "room-invite":
      return actor.inviteId;
    case "system":
      return actor.name;
    case "anonymous":
      return "anonymous";
  }
}
