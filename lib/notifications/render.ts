import { moreCalendars, visitCalendar } from "./calendar";
import { catalogs } from "./catalog/catalog";
import type { Clinic } from "./clinic";
import { visitMail } from "./mail";
import { type MessageFacts, type MessageTemplate, messageLocale, type RenderedMessage } from "./message";
import { fill } from "./placeholders";
import { valuesOf, wordingOf } from "./words";

/** Made at the moment of sending, so that "expires in 20 min" is true when it is read after a delay, and the clinic's words are the newest. */
export function renderMessage(
  kind: "sms" | "email",
  template: MessageTemplate,
  facts: MessageFacts,
  { clinic, sender, recipient, now }: { clinic: Clinic; sender: string; recipient: string; now: Date },
): RenderedMessage {
  if (kind === "sms") {
    const words = wordingOf(clinic, template, facts.locale, "sms");
    const offer =
      facts.check && template !== "check" ? `\n${catalogs[messageLocale(facts.locale)].tryFirst}` : "";
    return { kind, body: fill(`${words}${offer}`, valuesOf(facts, clinic, now)) };
  }
  const mail = visitMail(template, facts, clinic, now);
  // These move nothing in a calendar: the appointment stays what it was.
  if (template === "late" || template === "on-time" || template === "check") return { kind, ...mail };
  const given = { clinic, sender, reader: recipient, now };
  const more = moreCalendars(template, facts, given);
  return {
    kind,
    ...mail,
    calendar: visitCalendar(template, facts, given),
    ...(more.length > 0 && { moreCalendars: more }),
  };
}
