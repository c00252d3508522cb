import { bigint, boolean, jsonb, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/**
 * What happened, for seven years. Read-only here: rows are made only by the SQL function `audit_append`, changed by nobody
 * (no right, no policy, and triggers that refuse even the owner). Partitioned by month.
 *
 * Each row belongs to one of 256 chains (`stream`) and carries hash = SHA-256(prevHash ‖ its own canonical text), so an edit, a removal
 * or a swap breaks the chain at that row; `audit_heads` remembers each chain's end, so a cut tail shows too.
 */
export const auditLog = pgTable("audit_log", {
  id: uuid("id").notNull(),
  stream: smallint("stream").notNull(),
  /** 1, 2, 3 … within the stream, without gaps. */
  seq: bigint("seq", { mode: "number" }).notNull(),
  /** Set by the database. Shown to callers as `timestamp`. */
  occurredAt: moment("occurred_at").notNull(),
  eventType: text("event_type").notNull(),
  visitId: uuid("visit_id"),
  tokenId: uuid("token_id"),
  actorId: text("actor_id"),
  actorRole: text("actor_role").notNull(),
  ipAddress: text("ip_address"),
  userAgent: text("user_agent"),
  metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull(),
  success: boolean("success").notNull(),
  errorCode: text("error_code"),
  expiresAt: moment("expires_at").notNull(),
  prevHash: bytea("prev_hash").notNull(),
  hash: bytea("hash").notNull(),
});
