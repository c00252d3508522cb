import type { CallTopic } from "@/lib/kernel/call-topic";
import type { Locale } from "@/messages/locales";

/** Whether the contact centre is open and how long people wait, in words; null: nobody knows. */
export type SaidNow = { closed: boolean; opening: string | null; wait: string | null };

/** What the page knows before its customer called. */
export type SupportFacts = {
  name: string;
  /** Their record is known, so that the agent need ask nothing. */
  verified: boolean;
  /** A call of theirs that is under way: in another window, or left by a reload. */
  open: { callId: string; topic: CallTopic | null } | null;
  now: SaidNow;
  /** E.164 */
  phone: string;
  locale: Locale;
};
