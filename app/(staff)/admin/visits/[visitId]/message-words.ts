import { useTranslations } from "next-intl";
import { messageTemplates } from "@/lib/notifications/message";
import type { MessageState } from "@/lib/notifications/message-state";
import { useReasonWords } from "./reason-words";

type Template = (typeof messageTemplates)[number];
export const isTemplate = (name: string): name is Template =>
  messageTemplates.some((known) => known === name);

export const stateLooks: Record<MessageState, string> = {
  queued: "chip",
  sent: "chip",
  delivered: "chip chip--good",
  bounced: "chip chip--bad",
  undeliverable: "chip chip--bad",
  "opted-out": "chip chip--wait",
  failed: "chip chip--bad",
  dropped: "chip chip--done",
};

/** Where staff can do something about it. */
const advised = ["bounced", "undeliverable", "opted-out", "failed"] as const;

type Message = { status: MessageState; kind: "sms" | "email"; reason: string | null };

/** What to do about a message that did not get through; null: nothing. For server components. */
export function useMessageAdvice(): (message: Message) => string | null {
  const t = useTranslations("visit.messages.advice");
  const reason = useReasonWords();
  return ({ status, kind, reason: why }) => {
    const known = advised.find((one) => one === status);
    return known ? t(known, { kind, reason: why ? ` (${reason(why)})` : "" }) : null;
  };
}
