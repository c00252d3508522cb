import type { CallTopic } from "@/lib/kernel/call-topic";
import type { OwnCallbacks } from "@/lib/support-calls/own-callback";
import type { Locale } from "@/messages/locales";

/** Whether the contact centre is open and how long people wait, in words; null: nobody knows. */
export type SaidNow = { closed: boolean; opening: string | null; wait: string | null };

/** An hour in which we can call, in words of its day and its clock. `from`: ISO 8601. */
type OfferedHour = { from: string; day: string; words: string };

/** What the page knows of being called back. `turn`: as soon as somebody is free, which is while we are open. */
export type CallbackFacts = { now: OwnCallbacks; turn: boolean; hours: OfferedHour[] };

/** What the page knows before its customer called. */
export type SupportFacts = {
  name: string;
  /** Their record is known, so that the agent need ask nothing. */
  verified: boolean;
  /** A call of theirs that is under way: in another window, or left by a reload. */
  open: { callId: string; topic: CallTopic | null } | null;
  now: SaidNow;
  /** Null: their record is not known, and so no number of theirs. */
  callback: CallbackFacts | null;
  /** Where they are. */
  timeZone: string;
  tag: string;
  /** E.164 */
  phone: string;
  locale: Locale;
};
