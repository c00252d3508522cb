import { jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { TimeWish } from "@/lib/kernel/time-wish";
import { bytea, moment } from "./columns";
import { videoVisits } from "./video-visits";

/** A patient asks for another time (`move`) or says that they can't come (`cancel`). Open while neither withdrawn nor settled; one for a visit. */
export const timeRequests = pgTable("time_requests", {
  id: uuid("id").primaryKey(),
  visitId: uuid("visit_id")
    .notNull()
    .references(() => videoVisits.id),
  kind: text("kind").$type<"move" | "cancel">().notNull(),
  /** At most three, by the patient's calendar, the dearest first. */
  wishes: jsonb("wishes").$type<TimeWish[]>().notNull(),
  /** Sealed by `Cipher` for this row alone; so is the answer. */
  words: bytea("words"),
  createdAt: moment("created_at").notNull(),
  withdrawnAt: moment("withdrawn_at"),
  settledAt: moment("settled_at"),
  outcome: text("outcome").$type<"moved" | "cancelled" | "declined">(),
  settledBy: text("settled_by"),
  /** What staff say to the patient about it. */
  answer: bytea("answer"),
});
