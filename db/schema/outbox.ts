import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import type { Party } from "@/lib/kernel/party";
import { bytea, moment } from "./columns";
import { rooms } from "./rooms";
import { videoVisits } from "./video-visits";
import { vouchers } from "./vouchers";

/**
 * A message that will be sent because its row committed. sent_at → sent; failed_at → given up; dropped_at → not wanted any more; else
 * due at next_attempt_at, unless a worker holds it until claimed_until (a worker that died lets go by the clock). What the provider's
 * events told of it afterwards: delivered_at, bounced_at, undeliverable_at. `id` is the provider's idempotency key.
 * `payload` carries the link, so it is sealed, and wiped once sent (a CHECK holds it to that).
 */
export const outbox = pgTable("outbox", {
  id: uuid("id").primaryKey(),
  kind: text("kind").$type<"sms" | "email">().notNull(),
  visitId: uuid("visit_id").references(() => videoVisits.id),
  /** Which room's link it carries. */
  roomId: uuid("room_id").references(() => rooms.id),
  voucherId: uuid("voucher_id").references(() => vouchers.id),
  party: text("party").$type<Party>(),
  template: text("template").notNull(),
  recipient: text("recipient").notNull(),
  payload: bytea("payload"),
  attempts: integer("attempts").notNull().default(0),
  nextAttemptAt: moment("next_attempt_at").notNull().defaultNow(),
  claimedUntil: moment("claimed_until"),
  sentAt: moment("sent_at"),
  providerMessageId: text("provider_message_id"),
  failedAt: moment("failed_at"),
  failure: text("failure"),
  deliveredAt: moment("delivered_at"),
  /** The address or number does not exist: it must be put right. */
  bouncedAt: moment("bounced_at"),
  /** It exists, and this message did not reach it: blocked, out of reach, mailbox full. */
  undeliverableAt: moment("undeliverable_at"),
  /** The provider's own word for either. */
  deliveryReason: text("delivery_reason"),
  droppedAt: moment("dropped_at"),
  /** From here on it is dropped rather than sent. */
  uselessAt: moment("useless_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});
