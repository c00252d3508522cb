import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { staff } from "./staff";

/** What somebody asks of a list again and again, under a name of their own. One of a name for each person and list, whatever its capitals. */
export const savedViews = pgTable("saved_views", {
  id: uuid("id").primaryKey(),
  staffId: uuid("staff_id")
    .notNull()
    .references(() => staff.id),
  list: text("list").$type<"visits">().notNull(),
  name: text("name").notNull(),
  /** An address's query: ids and days, no names. */
  query: text("query").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
