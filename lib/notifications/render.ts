import { visitCalendar } from "./calendar";
import { visitMail } from "./mail";
import type { MessageFacts, MessageTemplate, RenderedMessage } from "./message";
import { smsBody } from "./words";

/** Made at the moment of sending, so that "expires in 20 min" is true when it is read after a delay. */
export function renderMessage(
  kind: "sms" | "email",
  template: MessageTemplate,
  facts: MessageFacts,
  { sender, recipient, now }: { sender: string; recipient: string; now: Date },
): RenderedMessage {
  if (kind === "sms") return { kind, body: smsBody(template, facts, now) };
  return {
    kind,
    ...visitMail(template, facts, now),
    calendar: visitCalendar(template, facts, { sender, reader: recipient, now }),
  };
}
