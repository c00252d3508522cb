import { sql } from "drizzle-orm";
import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/**
 * A person we care for. With a clinical record they are a patient: same row, same id.
 * `sub` links the Cognito account, if they have one. The account number is only ever compared, so only its keyed hash is kept.
 */
export const customers = pgTable("customers", {
  id: uuid("id").primaryKey(),
  externalId: text("external_id").unique(),
  sub: text("sub").unique(),
  firstName: text("first_name").notNull(),
  lastName: text("last_name").notNull(),
  email: text("email"),
  /** E.164. */
  phone: text("phone"),
  tier: text("tier").notNull().default("standard"),
  /** Two letters: where the patient sits, which decides who may treat them. */
  state: text("state").notNull(),
  /** IANA name. Every message shows times in it. */
  timeZone: text("time_zone").notNull(),
  locale: text("locale").notNull().default("en"),
  accountNumberHash: bytea("account_number_hash"),
  /** Names without marks and capitals, mail and number, compared by bytes: what lists are sorted and searched by. Made by the database (migration 0091). */
  lastKey: text("last_key")
    .notNull()
    .generatedAlwaysAs(() => sql`lower(translate(last_name, …))`),
  firstKey: text("first_key")
    .notNull()
    .generatedAlwaysAs(() => sql`lower(translate(first_name, …))`),
  emailKey: text("email_key").generatedAlwaysAs(() => sql`lower(email)`),
  /** The number backwards: people know how it ends. */
  phoneTail: text("phone_tail").generatedAlwaysAs(() => sql`reverse(substr(phone, 2))`),
  /** Grows with each saving, by a trigger: who saves says which one they read. */
  revision: integer("revision").notNull().default(1),
  createdAt: moment("created_at").notNull().defaultNow(),
});
