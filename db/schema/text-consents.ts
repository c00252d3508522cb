import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/**
 * Who said STOP, by the number's keyed hash; the number is sealed for this row. Opted out while `opted_out_at` is later than
 * `opted_in_at`: both are kept, as the record of what was asked when.
 */
export const textConsents = pgTable("text_consents", {
  id: uuid("id").primaryKey(),
  numberHash: bytea("number_hash").notNull().unique(),
  sealedNumber: bytea("sealed_number").notNull(),
  optedOutAt: moment("opted_out_at"),
  optedInAt: moment("opted_in_at"),
  helpedAt: moment("helped_at"),
  unreadAt: moment("unread_at"),
});

/** Events of the providers that were worked on: an event does its work once. */
export const providerEvents = pgTable("provider_events", {
  id: text("id").primaryKey(),
  receivedAt: moment("received_at").notNull(),
});
