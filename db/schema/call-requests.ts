import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, moment } from "./columns";
import { byLink } from "./evidence";

/** "Call me instead". Several of one visit are one wish, with the newest number. */
export const callRequests = pgTable("call_requests", {
  ...byLink(),
  /** Sealed by `Cipher` for this row; null: the number on file. */
  number: bytea("number"),
  createdAt: moment("created_at").notNull(),
  doneAt: moment("done_at"),
  doneBy: text("done_by"),
});
