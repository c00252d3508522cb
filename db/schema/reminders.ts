import { pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { videoVisits } from "./video-visits";

/** Which reminders were queued. The key is the promise: one for each schedule, party and start, however many workers run. */
export const reminders = pgTable(
  "reminders",
  {
    visitId: uuid("visit_id")
      .notNull()
      .references(() => videoVisits.id),
    party: text("party").$type<"patient" | "clinician">().notNull(),
    schedule: text("schedule").$type<"day" | "hour">().notNull(),
    /** The visit's start that it reminds of: a moved visit is reminded of anew. */
    forStart: moment("for_start").notNull(),
    queuedAt: moment("queued_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.visitId, table.party, table.schedule, table.forStart] })],
);
