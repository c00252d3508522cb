import type { CallTopic } from "@/lib/kernel/call-topic";
import type { Locale } from "@/messages/locales";

/** What the page knows before its customer called. */
export type SupportFacts = {
  name: string;
  /** Their record is known, so that the agent need ask nothing. */
  verified: boolean;
  /** A call of theirs that is under way: in another window, or left by a reload. */
  open: { callId: string; topic: CallTopic | null } | null;
  /** E.164 */
  phone: string;
  locale: Locale;
};
