import type { Db } from "@/db/as-actor";
import type { Origin } from "@/lib/kernel/actor";

export declare function markOpened(deps: { db: Db }, voucherId: string, origin: Origin): Promise<void>;
