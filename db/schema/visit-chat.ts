import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** What was written in a call, sealed by `Cipher`, where the clinic keeps it. Never changed. */
export const visitChat = pgTable("visit_chat", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  party: text("party").$type<Party>().notNull(),
  words: bytea("words").notNull(),
  saidAt: moment("said_at").notNull(),
});
