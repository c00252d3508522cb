import { boolean, pgTable, smallint, text, uuid } from "drizzle-orm/pg-core";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { moment } from "./columns";

/** A customer who asks to be called back. Open while `closedAt` is null, and one at a time. */
export const supportCallbacks = pgTable("support_callbacks", {
  id: uuid("id").primaryKey(),
  customerId: uuid("customer_id").notNull(),
  topic: text("topic").$type<CallTopic>(),
  /** How they had proved who they are when they asked: history, and no proof of whoever answers later. */
  signedInAt: moment("signed_in_at").notNull(),
  secondStep: boolean("second_step").notNull(),
  askedAt: moment("asked_at").notNull(),
  dueFrom: moment("due_from").notNull(),
  dueUntil: moment("due_until").notNull(),
  /** As soon as it is their turn; false: at a time that they chose. */
  inTurn: boolean("in_turn").notNull(),
  /** The agent who calls them now. */
  takenBy: uuid("taken_by"),
  takenAt: moment("taken_at"),
  /** How often nobody answered. */
  tries: smallint("tries").notNull().default(0),
  closedAt: moment("closed_at"),
  outcome: text("outcome").$type<"answered" | "missed" | "cancelled" | "expired">(),
});
