import type { Result } from "@/lib/kernel/result";

/** What became of one message. `bounced`: no such address or number. `undeliverable`: it exists and was not reached. */
export type DeliveryEvent = {
  kind: "delivery";
  /** The key that the message was sent with; null when the provider does not say. */
  key: string | null;
  providerMessageId: string;
  outcome: "delivered" | "bounced" | "undeliverable";
  /** The provider's own word, e.g. `Permanent/General`, `TEXT_CARRIER_BLOCKED`. */
  reason: string;
  at: Date;
};
/** A text that somebody sent to our number. `body` may hold anything, health matters among it: it is never logged or kept. */
type InboundTextEvent = { kind: "inbound-text"; from: string; to: string; body: string };
export type MessageEvent = DeliveryEvent | InboundTextEvent;

/** `event` null: genuine, and nothing that we act on (a queue's progress, a subscription that was confirmed). */
export type ReceivedEvent = { id: string; event: MessageEvent | null; confirmed: boolean };

/** Why a notification is not believed. Nothing of it was acted on. */
export type EventRefusal =
  | { code: "EVENT_MALFORMED" }
  /** A topic that is none of ours, another certificate's address, a signature that does not fit. */
  | { code: "EVENT_FORGED"; why: "topic" | "certificate" | "signature" }
  /** Signed too long ago, or ahead of the clock: perhaps a recording. */
  | { code: "EVENT_STALE" }
  /** Its certificate cannot be had just now: the provider will send it again. */
  | { code: "EVENT_UNVERIFIABLE"; retryAfterMs: number; cause: unknown };

/**
 * Reads what a provider posts to our door. Whoever posts is a stranger until the signature fits; so `body` is the body as it came.
 * Confirms a subscription to a topic of ours by itself. Does not tell a replay: that is the caller's to remember, by `id`.
 */
export type MessageEvents = { read(body: unknown): Promise<Result<ReceivedEvent, EventRefusal>> };
