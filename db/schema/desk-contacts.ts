import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";

/** A contact of the contact centre's at an agent's desk: there while `leftAt` is null, and one at a time. */
export const deskContacts = pgTable(
  "desk_contacts",
  {
    contactId: text("contact_id").notNull(),
    staffId: uuid("staff_id").notNull(),
    cameAt: moment("came_at").notNull(),
    leftAt: moment("left_at"),
    /** The contact by which a call that was handed on is here now; `contactId` is its first. Null: the same. */
    hereAs: text("here_as"),
    outcome: text("outcome").$type<"solved" | "follow-up" | "passed-on" | "no-answer">(),
    /** Sealed by the vault for this row. */
    notes: bytea("notes"),
    notedAt: moment("noted_at"),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.staffId] })],
);

/** A try at the security questions, as an agent asked them in a call. The answers are not kept. */
export const deskQuestions = pgTable("desk_questions", {
  id: uuid("id").primaryKey(),
  contactId: text("contact_id").notNull(),
  staffId: uuid("staff_id").notNull(),
  /** Whom the answers fit; null: nobody, or more than one. */
  customerId: uuid("customer_id"),
  nameHash: bytea("name_hash").notNull(),
  asked: text("asked").array().$type<("account" | "phone" | "email" | "visit" | "number")[]>().notNull(),
  at: moment("at").notNull(),
});
