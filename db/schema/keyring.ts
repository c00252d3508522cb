import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/**
 * Our own data keys, sealed by the vault (KMS). The newest that is not retired makes new hashes and seals; the others still open old ones.
 * A retired key is no longer used at all.
 */
export const keyring = pgTable("keyring", {
  id: uuid("id").primaryKey(),
  purpose: text("purpose").notNull(),
  sealed: bytea("sealed").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  retiredAt: moment("retired_at"),
});
