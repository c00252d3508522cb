import type { E164 } from "@/lib/kernel/phone";
import type { Result } from "@/lib/kernel/result";

/** Sends one SMS. Delivery is at-least-once: `key` is stable across tries and travels as context for the receipts. */
export type Texter = {
  send(text: { key: string; to: E164; body: string }): Promise<Result<{ messageId: string }, TexterRefusal>>;
};
export type TexterRefusal =
  | { code: "TEXTER_OPTED_OUT" }
  | { code: "TEXTER_REJECTED"; reason: string }
  | { code: "TEXTER_THROTTLED"; retryAfterMs: number }
  | { code: "TEXTER_UNAVAILABLE"; retryAfterMs: number };
