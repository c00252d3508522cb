import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Role } from "@/lib/kernel/actor";
import { bytea, moment } from "./columns";

/**
 * A signed-in browser. The cookie holds a random id, this row its hash. Live while revoked_at is null and expires_at lies ahead.
 * Cognito's tokens lie here sealed and are refreshed under this row's lock: a rotating refresh token must not be used twice.
 */
export const sessions = pgTable("sessions", {
  id: uuid("id").primaryKey(),
  tokenHash: bytea("token_hash").notNull().unique(),
  sub: text("sub").notNull(),
  personKind: text("person_kind").$type<"staff" | "customer">().notNull(),
  personId: uuid("person_id").notNull(),
  role: text("role").$type<Role>().notNull(),
  sealedTokens: bytea("sealed_tokens"),
  /** What the browser said it is: for its owner to know it by. */
  userAgent: text("user_agent").notNull().default(""),
  /** Null: the password alone. */
  secondStepAt: moment("second_step_at"),
  /** When the person last proved who they are. */
  authTime: moment("auth_time").notNull(),
  createdAt: moment("created_at").notNull().defaultNow(),
  lastSeenAt: moment("last_seen_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull(),
  revokedAt: moment("revoked_at"),
});
