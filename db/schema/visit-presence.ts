import { pgTable } from "drizzle-orm/pg-core";
import { moment } from "./columns";
import { byParty } from "./evidence";

/** Who was connected when: one row from coming to going. `seen_at` moves while their page says that it is there. */
export const visitPresence = pgTable("visit_presence", {
  ...byParty(),
  cameAt: moment("came_at").notNull(),
  seenAt: moment("seen_at").notNull(),
  leftAt: moment("left_at"),
});
