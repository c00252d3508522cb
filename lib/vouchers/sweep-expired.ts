import type { Db } from "@/db/as-actor";

export declare function sweepExpired(deps: { db: Db }, batch?: number): Promise<number>;
