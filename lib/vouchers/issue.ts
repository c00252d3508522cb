import type { Tx } from "@/db/as-actor";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Keyring } from "@/lib/keyring/keyring";
import type { Signer } from "@/lib/ports/signer";
import type { VoucherKind } from "./kinds";
import type { Party } from "./voucher";

export type Issued = { tokenId: string; token: string; code: string; expiresAt: Date };
export type IssueDeps = {
  clock: Clock;
  keyring: Keyring;
  signer: Signer;
  env: Pick<Env, "JOIN_CODE_LENGTH">;
};
export declare function issueVoucher(
  deps: IssueDeps,
  tx: Tx,
  request: {
    kind: VoucherKind;
    visitId: string;
    party: Party;
    subject: string;
    expiresAt: Date;
    notBefore?: Date;
    actor: Actor;
  },
): Promise<Issued>;
