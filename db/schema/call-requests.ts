import { pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/** "Call me instead". Several of one visit are one wish, with the newest number. */
export const callRequests = pgTable("call_requests", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  voucherId: uuid("voucher_id")
    .notNull()
    .references(() => vouchers.id),
  /** Sealed by `Cipher` for this row; null: the number on file. */
  number: bytea("number"),
  createdAt: moment("created_at").notNull(),
  doneAt: moment("done_at"),
  doneBy: text("done_by"),
});
