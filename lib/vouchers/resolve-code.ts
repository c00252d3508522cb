import type { Db } from "@/db/as-actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Result } from "@/lib/kernel/result";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Voucher, VoucherRefusal } from "./voucher";

export declare function resolveCode(
  deps: { db: Db; keyring: Keyring; clock: Clock },
  code: string,
): Promise<Result<{ token: string; expiresAt: Date; voucher: Voucher }, VoucherRefusal>>;
