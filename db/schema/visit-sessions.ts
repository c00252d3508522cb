import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** The session token that `start` returns and `end` accepts: 256 random bits, only their hash kept. Several may live at once. */
export const visitSessions = pgTable("visit_sessions", {
  id: uuid("id").primaryKey(),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  party: text("party").$type<Party>().notNull(),
  tokenHash: bytea("token_hash").notNull().unique(),
  createdAt: moment("created_at").notNull().defaultNow(),
  expiresAt: moment("expires_at").notNull(),
  revokedAt: moment("revoked_at"),
});
