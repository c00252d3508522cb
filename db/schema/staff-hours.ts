import { date, integer, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { staff } from "./staff";

/** When a clinician sees patients, by the clocks of their own zone. Minutes of the day: 540 is 9:00, 1440 its end. */
export const staffHours = pgTable(
  "staff_hours",
  {
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    /** ISO 8601: 1 is Monday. */
    weekday: integer("weekday").notNull(),
    fromMinute: integer("from_minute").notNull(),
    toMinute: integer("to_minute").notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.weekday, table.fromMinute] })],
);

/** Whole days, both meant, in the clinician's own zone. */
export const staffDaysOff = pgTable(
  "staff_days_off",
  {
    staffId: uuid("staff_id")
      .notNull()
      .references(() => staff.id),
    firstDay: date("first_day", { mode: "string" }).notNull(),
    lastDay: date("last_day", { mode: "string" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.staffId, table.firstDay] })],
);
