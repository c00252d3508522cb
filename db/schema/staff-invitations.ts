import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { staffRoles } from "@/lib/kernel/actor";
import { bytea, moment } from "./columns";
import { staff } from "./staff";

/** Open while it is neither accepted nor withdrawn, and expires_at lies ahead. The code is in the mail alone; here is its hash. */
export const staffInvitations = pgTable("staff_invitations", {
  id: uuid("id").primaryKey(),
  /** In small letters. */
  email: text("email").notNull(),
  role: text("role").$type<(typeof staffRoles)[number]>().notNull(),
  title: text("title"),
  firstName: text("first_name").notNull(),
  lastName: text("last_name").notNull(),
  timeZone: text("time_zone").notNull(),
  /** Whose account it will be, where the book knows them already. */
  staffId: uuid("staff_id").references(() => staff.id),
  codeHash: bytea("code_hash").notNull().unique(),
  invitedBy: uuid("invited_by")
    .notNull()
    .references(() => staff.id),
  createdAt: moment("created_at").notNull(),
  /** The last code's. */
  sentAt: moment("sent_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  acceptedAt: moment("accepted_at"),
  withdrawnAt: moment("withdrawn_at"),
});

/** A colleague whose account at Cognito may not be as our record says: the worker tells Cognito until it is. */
export const accountDues = pgTable("account_dues", {
  staffId: uuid("staff_id")
    .primaryKey()
    .references(() => staff.id),
  version: integer("version").notNull().default(1),
  attempts: integer("attempts").notNull().default(0),
  failure: text("failure"),
  since: moment("since").notNull(),
  nextAttemptAt: moment("next_attempt_at").notNull(),
  /** Somebody tells Cognito just now; one that died lets go by the clock. */
  claimedUntil: moment("claimed_until"),
});
