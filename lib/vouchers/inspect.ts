import type { Db } from "@/db/as-actor";
import type { Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import type { Voucher, VoucherRefusal } from "./voucher";

export type InspectDeps = { db: Db; keyring: Keyring; signer: Signer };
export declare function inspectCode(
  deps: InspectDeps,
  code: string,
  now: Date,
  holder?: string,
): Promise<Result<Voucher, VoucherRefusal>>;
export declare function inspectToken(
  deps: InspectDeps,
  token: string,
  now: Date,
  holder?: string,
): Promise<Result<Voucher, VoucherRefusal>>;
