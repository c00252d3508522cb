import type { Db } from "@/db/as-actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import { type JoinClaims, judgeTimes, skewSeconds } from "./claims";
import { findByCode, findById } from "./find";
import { type FoundVoucher, toVoucher } from "./row";
import { verifyToken } from "./verify-token";
import type { Voucher, VoucherRefusal } from "./voucher";

type CodeDeps = { db: Db; keyring: Keyring };
export type InspectDeps = CodeDeps & { signer: Signer };
type Inspected = Promise<Result<Voucher, VoucherRefusal>>;

/**
 * Looks at a code and spends nothing, so that mail scanners and link previews do no harm.
 *
 * @param holder the looker's browser secret. Given, a voucher that another holder redeemed is TOKEN_REUSED; left out, it is returned
 *   as it is (`redeemedAt` set), for telling only.
 */
export async function inspectCode(deps: CodeDeps, code: string, now: Date, holder?: string): Inspected {
  const row = await findByCode(deps, code);
  if (!row) return err({ code: "CODE_UNKNOWN" });
  return judgeRow(deps.keyring, row, now, holder);
}

/**
 * The same for a token. Its own times and the row's must both allow it, two minutes' skew granted: the earlier expiry wins.
 *
 * @param find called with the id of a token whose signature holds; for callers that want to learn more in the same statement.
 */
export async function inspectToken(
  deps: InspectDeps,
  token: string,
  now: Date,
  holder?: string,
  find: (id: string) => Promise<FoundVoucher | null> = (id) => findById(deps.db, id),
): Inspected {
  const verified = await verifyToken(deps, token);
  if (!verified.ok) return verified;
  const row = await find(verified.value.jti);
  if (!row || !isOf(deps.keyring, row, verified.value)) return err({ code: "TOKEN_INVALID" });
  const times = judgeTimes(verified.value, now);
  if (times === "invalid") return err({ code: "TOKEN_INVALID" });
  if (times === "early") return err({ code: "TOKEN_NOT_YET_VALID" });
  return judgeRow(deps.keyring, row, now, holder, times === "expired");
}

/** Our signature alone is not enough: the token must be the one issued with this row. */
function isOf(keyring: Keyring, row: FoundVoucher, claims: JoinClaims): boolean {
  return (
    keyring.matches("voucher-nonce", claims.nonce, row.nonce_hash) &&
    row.visit_id === claims.visitId &&
    row.party === claims.party &&
    row.subject === claims.sub
  );
}

function judgeRow(
  keyring: Keyring,
  row: FoundVoucher,
  now: Date,
  holder?: string,
  expired = false,
): Result<Voucher, VoucherRefusal> {
  const voucher = toVoucher(row);
  if (voucher.revokedAt) return err({ code: "TOKEN_REVOKED", voucher });
  if (voucher.redeemedAt) {
    const mayTell =
      holder === undefined ||
      (voucher.holderHash !== null && keyring.matches("holder", holder, voucher.holderHash));
    return mayTell ? ok(voucher) : err({ code: "TOKEN_REUSED", voucher });
  }
  const skewMs = skewSeconds * 1000;
  if (expired || voucher.expiresAt.getTime() + skewMs <= now.getTime())
    return err({ code: "TOKEN_EXPIRED", voucher });
  if (new Date(row.not_before).getTime() > now.getTime() + skewMs)
    return err({ code: "TOKEN_NOT_YET_VALID" });
  return ok(voucher);
}
