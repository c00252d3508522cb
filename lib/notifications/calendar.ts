import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Clinic } from "./clinic";
import type { MessageFacts, MessageTemplate } from "./message";
import { fill } from "./placeholders";
import { displayPhone, valuesOf, wordingOf } from "./words";

/**
 * The calendar file of a visit (RFC 5545, sent as RFC 6047 says). One UID per visit, and SEQUENCE rises with each change, so that a
 * later file moves or takes away the entry which an earlier one made.
 *
 * @param sender the organizer's mail address: the address the mail comes from.
 * @param reader the attendee's mail address.
 */
export function visitCalendar(
  template: MessageTemplate,
  facts: MessageFacts,
  { clinic, sender, reader, now }: { clinic: Clinic; sender: string; reader: string; now: Date },
): { method: "REQUEST" | "CANCEL"; content: string } {
  const cancelled = template === "cancelled";
  const start = new Date(facts.scheduledAt);
  const calendar = ical({
    prodId: { company: "Vouchsafe", product: "Video visits" },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: `visit-${facts.visitId}@${sender.slice(sender.indexOf("@") + 1)}`,
    sequence: facts.calendarSequence,
    stamp: now,
    start,
    end: new Date(start.getTime() + facts.durationMinutes * 60_000),
    summary: fill(wordingOf(clinic, "initial", facts.locale, "subject"), valuesOf(facts, clinic, now)),
    description: [facts.link?.url, `${clinic.name}, ${displayPhone(clinic.phone)}`]
      .filter(Boolean)
      .join("\n"),
    ...(facts.link && { url: facts.link.url, location: facts.link.url }),
    organizer: { name: clinic.name, email: sender },
    attendees: [{ email: reader, rsvp: false }],
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return { method: cancelled ? "CANCEL" : "REQUEST", content: calendar.toString() };
}
