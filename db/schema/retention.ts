import { integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "./columns";

/** How long things are kept that are not the medical record. No row: as long as the visit itself. A CHECK holds each to its floor. */
export const retention = pgTable("retention", {
  kind: text("kind")
    .$type<"chat" | "checks" | "calls" | "messages" | "words" | "rooms" | "support">()
    .primaryKey(),
  days: integer("days").notNull(),
  updatedAt: moment("updated_at").notNull(),
  updatedBy: text("updated_by").notNull(),
});
