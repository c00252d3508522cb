import { boolean, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { customers } from "./customers";
import { staff } from "./staff";

/** Whom a clinician has or had a visit with, and what they are searched by. Kept by triggers on visits and customers; read only. */
export const clinicianPatients = pgTable(
  "clinician_patients",
  {
    clinicianId: uuid("clinician_id")
      .notNull()
      .references(() => staff.id),
    patientId: uuid("patient_id")
      .notNull()
      .references(() => customers.id),
    lastKey: text("last_key").notNull(),
    firstKey: text("first_key").notNull(),
    emailKey: text("email_key"),
    phoneTail: text("phone_tail"),
    state: text("state").notNull(),
    tier: text("tier").notNull(),
    inOtherBook: boolean("in_other_book").notNull(),
    hasAccount: boolean("has_account").notNull(),
  },
  (table) => [primaryKey({ columns: [table.clinicianId, table.patientId] })],
);
