import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { staff } from "./staff";

/** A machine's credential (`X-Admin-Key`). Shown once when made; only its hash is kept. */
export const apiKeys = pgTable("api_keys", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  keyHash: bytea("key_hash").notNull().unique(),
  scopes: text("scopes").array().notNull(),
  /** Null: the demo's. */
  createdBy: uuid("created_by").references(() => staff.id),
  createdAt: moment("created_at").notNull().defaultNow(),
  lastUsedAt: moment("last_used_at"),
  expiresAt: moment("expires_at"),
  revokedAt: moment("revoked_at"),
  /** How long a secret is good for; null: until somebody ends it. */
  lifetimeDays: integer("lifetime_days"),
  rotatedAt: moment("rotated_at"),
  /** The secret before the last rotation, which works until previous_until. */
  previousHash: bytea("previous_hash").unique(),
  previousUntil: moment("previous_until"),
});
