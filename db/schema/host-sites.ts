import { boolean, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { customers } from "./customers";
import { staff } from "./staff";

/** A site that is not ours, whose pages may hold our call and whose server hands its customers over. Open while `suspendedAt` is null. */
export const hostSites = pgTable("host_sites", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  /** Scheme, host and port, as browsers say them. */
  origins: text("origins").array().notNull(),
  /** Null: the demo's. */
  createdBy: uuid("created_by").references(() => staff.id),
  createdAt: moment("created_at").notNull(),
  suspendedAt: moment("suspended_at"),
});

/** A voucher by which such a site hands a customer over: good once; what it opened is a session. `id` is the token's jti. Kept for a day. */
export const hostHandovers = pgTable("host_handovers", {
  id: uuid("id").primaryKey(),
  siteId: uuid("site_id")
    .notNull()
    .references(() => hostSites.id),
  origin: text("origin").notNull(),
  customerId: uuid("customer_id")
    .notNull()
    .references(() => customers.id),
  nonceHash: bytea("nonce_hash").notNull(),
  /** What the site says of the sign-in there. */
  signedInAt: moment("signed_in_at").notNull(),
  secondStep: boolean("second_step").notNull(),
  issuedBy: text("issued_by").notNull(),
  issuedAt: moment("issued_at").notNull(),
  expiresAt: moment("expires_at").notNull(),
  redeemedAt: moment("redeemed_at"),
  sessionHash: bytea("session_hash").unique(),
  sessionExpiresAt: moment("session_expires_at"),
  lastSeenAt: moment("last_seen_at"),
});
