import { date, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { staff } from "./staff";

/** Where a clinician may practise, until the end of `expiresOn`. */
export const staffLicences = pgTable(
  "staff_licences",
  {
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    /** Two letters. */
    state: text("state").notNull(),
    number: text("number").notNull(),
    expiresOn: date("expires_on", { mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.state] })],
);
