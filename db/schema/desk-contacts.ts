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
    outcome: text("outcome").$type<"solved" | "follow-up" | "passed-on" | "no-answer">(),
    /** Sealed by the vault for this row. */
    notes: bytea("notes"),
    notedAt: moment("noted_at"),
  },
  (table) => [primaryKey({ columns: [table.contactId, table.staffId] })],
);
