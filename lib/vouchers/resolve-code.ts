import type { Db } from "@/db/as-actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import { readCode } from "./code";
import { findByCode } from "./find";
import { toVoucher } from "./row";
import type { Voucher, VoucherRefusal } from "./voucher";

type Deps = { db: Db; keyring: Keyring };

/**
 * Seed 4's resolve, for API callers: the token that was issued with this code. It has no more power than the code that was presented.
 * Answers for spent and expired vouchers too (the token then says so wherever it is shown), but not for revoked ones.
 */
export async function resolveCode(
  deps: Deps,
  typed: string,
): Promise<Result<{ token: string; expiresAt: Date; voucher: Voucher }, VoucherRefusal>> {
  const row = await findByCode(deps, typed);
  const code = readCode(typed);
  if (!row || !code) return err({ code: "CODE_UNKNOWN" });
  const voucher = toVoucher(row);
  if (voucher.revokedAt) return err({ code: "TOKEN_REVOKED", voucher });
  const token = deps.keyring.unseal("voucher-token", row.sealed_token, row.id, code).toString("utf8");
  return ok({ token, expiresAt: voucher.expiresAt, voucher });
}
