import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { customers } from "./customers";

/** A link that connects a record with the account of whoever opens it. Open while neither spent nor withdrawn, and expires_at lies ahead. */
export const recordInvitations = pgTable("record_invitations", {
  id: uuid("id").primaryKey(),
  customerId: uuid("customer_id")
    .notNull()
    .references(() => customers.id),
  codeHash: bytea("code_hash").notNull().unique(),
  invitedBy: text("invited_by").notNull(),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  spentAt: moment("spent_at"),
  withdrawnAt: moment("withdrawn_at"),
});

/** The newest code that an account had texted; deleted once it was right. */
export const recordCodes = pgTable("record_codes", {
  /** Cognito's, of the account that asked. */
  sub: text("sub").primaryKey(),
  id: uuid("id").notNull(),
  customerId: uuid("customer_id")
    .notNull()
    .references(() => customers.id),
  /** Of the row's id and the code: the same code of another row has another hash. */
  codeHash: bytea("code_hash").notNull(),
  tries: integer("tries").notNull().default(0),
  createdAt: moment("created_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
});
