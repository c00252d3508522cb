import { moreCalendars, visitCalendar } from "./calendar";
import { catalogs } from "./catalog/catalog";
import type { Clinic } from "./clinic";
import { visitMail } from "./mail";
import { type MessageFacts, type MessageTemplate, messageLocale, type RenderedMessage } from "./message";
import { fill, namedIn } from "./placeholders";
import { valuesOf, wordingOf } from "./words";

const inNoCalendar: ReadonlySet<MessageTemplate> = new Set([
  "late",
  "on-time",
  "check",
  "patient-waits",
  "time-kept",
]);

/** Made at the moment of sending, so that "expires in 20 min" is true however long it waited, and the clinic's words are the newest. */
export function renderMessage(
  kind: "sms" | "email",
  template: MessageTemplate,
  facts: MessageFacts,
  { clinic, sender, recipient, now }: { clinic: Clinic; sender: string; recipient: string; now: Date },
): RenderedMessage {
  if (kind === "sms") {
    const words = wordingOf(clinic, template, facts.locale, "sms");
    const { tryFirst, join } = catalogs[messageLocale(facts.locale)];
    // What tells of a delay carries the way in, whatever words a clinic has for it.
    const way = facts.link && !namedIn(words).includes("link") ? `\n${join}` : "";
    const offer = facts.check && template !== "check" ? `\n${tryFirst}` : "";
    return { kind, body: fill(`${words}${way}${offer}`, valuesOf(facts, clinic, now)) };
  }
  const mail = visitMail(template, facts, clinic, now);
  // These move nothing in a calendar: the appointment stays what it was.
  if (inNoCalendar.has(template)) return { kind, ...mail };
  const given = { clinic, sender, reader: recipient, now };
  const more = moreCalendars(template, facts, given);
  return {
    kind,
    ...mail,
    calendar: visitCalendar(template, facts, given),
    ...(more.length > 0 && { moreCalendars: more }),
  };
}
