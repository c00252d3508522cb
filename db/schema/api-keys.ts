import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/** A machine's credential (`X-Admin-Key`). Shown once when made; only its hash is kept. */
export const apiKeys = pgTable("api_keys", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  keyHash: bytea("key_hash").notNull().unique(),
  scopes: text("scopes").array().notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
});
