import type { Tx } from "./as-actor";

export declare function seedDemo(tx: Tx): Promise<void>;
