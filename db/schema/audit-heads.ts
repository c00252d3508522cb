import { bigint, pgTable, smallint } from "drizzle-orm/pg-core";
import { bytea } from "./columns";

/** The end of each of the 256 audit chains. All 256 exist from the first migration; only `audit_append` moves them, one step at a time. */
export const auditHeads = pgTable("audit_heads", {
  stream: smallint("stream").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  prevHash: bytea("prev_hash").notNull(),
  hash: bytea("hash").notNull(),
});
