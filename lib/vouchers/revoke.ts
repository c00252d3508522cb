import type { Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Party } from "./voucher";

export declare function revokeVouchers(
  deps: { clock: Clock },
  tx: Tx,
  request: {
    visitId: string;
    party?: Party;
    except?: string;
    reason: string;
    actor: Actor;
    includeRedeemed?: boolean;
  },
): Promise<{ revoked: string[] }>;
