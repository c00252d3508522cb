import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** Who was connected when: one row from coming to going. `seen_at` moves while their page says that it is there. */
export const visitPresence = pgTable("visit_presence", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  party: text("party").$type<Party>().notNull(),
  cameAt: moment("came_at").notNull(),
  seenAt: moment("seen_at").notNull(),
  leftAt: moment("left_at"),
});
