import { customType, timestamp } from "drizzle-orm/pg-core";

/** Raw bytes: sealed text, keyed hashes. */
export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => "bytea" });

/** A moment, never a wall-clock time. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
