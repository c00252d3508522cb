import type { outbox } from "@/db/schema";

/**
 * What became of a message, as far as anybody told us. `sent`: the provider has it. `bounced`: no such address or number, so it must be
 * put right. `undeliverable`: blocked, out of reach, mailbox full. `opted-out`: they said STOP. `failed`: the provider would not take it.
 * `dropped`: we took it back.
 */
export type MessageState =
  | "queued"
  | "sent"
  | "delivered"
  | "bounced"
  | "undeliverable"
  | "opted-out"
  | "failed"
  | "dropped";

type Row = Pick<
  typeof outbox.$inferSelect,
  "sentAt" | "failedAt" | "failure" | "droppedAt" | "deliveredAt" | "bouncedAt" | "undeliverableAt"
>;

/** Refusals of ours and of the provider's that mean: this number wants no texts. */
const optedOutFailures = ["OPTED_OUT", "TEXTER_OPTED_OUT"] as const;

/**
 * Derived, never stored. Providers' events come in any order and may come before our own note that the message was sent: a bounce wins
 * over everything; of "delivered" and "not now", the later one.
 */
export function messageState(row: Row): MessageState {
  if (row.bouncedAt) return "bounced";
  const [delivered, not] = [row.deliveredAt?.getTime() ?? 0, row.undeliverableAt?.getTime() ?? 0];
  if (delivered || not) return delivered >= not ? "delivered" : "undeliverable";
  if (row.sentAt) return "sent";
  if (row.failedAt)
    return (optedOutFailures as readonly (string | null)[]).includes(row.failure) ? "opted-out" : "failed";
  return row.droppedAt ? "dropped" : "queued";
}
