import type { Db } from "@/db/as-actor";
import type { Clock } from "@/lib/kernel/clock";
import type { AuditEntry } from "./record";

export declare function recordRefusal(deps: { db: Db; clock: Clock }, entry: AuditEntry): Promise<void>;
