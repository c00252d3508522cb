import ical, { ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Clinic } from "./clinic";
import type { CalendarFile, MessageFacts, MessageTemplate } from "./message";
import { fill } from "./placeholders";
import { displayPhone, valuesOf, wordingOf } from "./words";

type For = { clinic: Clinic; sender: string; reader: string; now: Date };
type Entry = NonNullable<MessageFacts["visits"]>[number];

/**
 * The calendar file of a visit (RFC 5545, sent as RFC 6047 says). One UID per visit, and SEQUENCE rises with each change, so that a
 * later file moves or takes away the entry which an earlier one made.
 *
 * @param given.sender the organizer's mail address: the address the mail comes from.
 * @param given.reader the attendee's mail address.
 */
export function visitCalendar(template: MessageTemplate, facts: MessageFacts, given: For): CalendarFile {
  const method = isOff(template) ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST;
  return fileOf(method, [facts], { facts, off: isOff(template), ...given });
}

/** The same for whoever saves it themselves: it asks nobody to come. */
export function savedCalendar(facts: MessageFacts, given: Omit<For, "reader">): string {
  return fileOf(ICalCalendarMethod.PUBLISH, [facts], { facts, off: false, reader: "", ...given }).content;
}

/**
 * The files of a message that tells of several visits, beside that of the first. A REQUEST or CANCEL may hold one UID only (RFC 5546 §3.2.2
 * and §3.2.5): so all visits to come are one file to be opened (PUBLISH), and each that is off has one of its own, which takes it away.
 */
export function moreCalendars(
  template: MessageTemplate,
  facts: MessageFacts,
  given: For,
): (CalendarFile & { filename: string })[] {
  const visits = facts.visits ?? [];
  if (visits.length < 2) return [];
  // The link opens the first visit alone.
  const bare = { ...facts, link: null };
  if (!isOff(template))
    return [
      {
        filename: "all-visits.ics",
        ...fileOf(ICalCalendarMethod.PUBLISH, visits, { facts: bare, off: false, ...given }),
      },
    ];
  return visits.slice(1).map((visit, index) => ({
    filename: `cancelled-${index + 2}.ics`,
    ...fileOf(ICalCalendarMethod.CANCEL, [visit], { facts: bare, off: true, ...given }),
  }));
}

const isOff = (template: MessageTemplate) => template === "cancelled" || template === "series-cancelled";

function fileOf(
  method: ICalCalendarMethod.REQUEST | ICalCalendarMethod.CANCEL | ICalCalendarMethod.PUBLISH,
  visits: Entry[],
  { facts, off, clinic, sender, reader, now }: For & { facts: MessageFacts; off: boolean },
): CalendarFile {
  const calendar = ical({ prodId: { company: "Vouchsafe", product: "Video visits" }, method });
  for (const visit of visits) {
    const start = new Date(visit.scheduledAt);
    calendar.createEvent({
      id: `visit-${visit.visitId}@${sender.slice(sender.indexOf("@") + 1)}`,
      sequence: visit.calendarSequence,
      stamp: now,
      start,
      end: new Date(start.getTime() + visit.durationMinutes * 60_000),
      summary: fill(wordingOf(clinic, "initial", facts.locale, "subject"), valuesOf(facts, clinic, now)),
      description: [facts.link?.url, `${clinic.name}, ${displayPhone(clinic.phone)}`]
        .filter(Boolean)
        .join("\n"),
      ...(facts.link && { url: facts.link.url, location: facts.link.url }),
      organizer: { name: clinic.name, email: sender },
      // Who publishes asks nobody (RFC 5546 §3.2.1).
      attendees: method === ICalCalendarMethod.PUBLISH ? [] : [{ email: reader, rsvp: false }],
      status: off ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    });
  }
  return { method, content: calendar.toString() };
}
