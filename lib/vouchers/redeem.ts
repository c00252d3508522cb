import type { Db } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Origin } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import type { Voucher, VoucherRefusal } from "./voucher";

export type RedeemDeps = {
  db: Db;
  clock: Clock;
  keyring: Keyring;
  signer: Signer;
  env: Pick<Env, "JOIN_BINDING">;
};
/** `visitId`, if given, must be the voucher's own, else TOKEN_INVALID and nothing is spent. An empty holder can never repeat. */
export type Presented = ({ token: string } | { code: string }) & {
  holder: string;
  origin: Origin;
  visitId?: string;
};
export declare function redeemVoucher(
  deps: RedeemDeps,
  presented: Presented,
): Promise<Result<{ voucher: Voucher; first: boolean }, VoucherRefusal>>;
