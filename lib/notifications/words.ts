import { calendarDay, clockTime, shortDay } from "@/lib/kernel/times";
import { catalogs } from "./catalog/catalog";
import type { Catalog } from "./catalog/wording";
import type { Clinic } from "./clinic";
import { type AnyTemplate, isReply, type MessageFacts, messageLocale, type OwnTemplate } from "./message";
import { fill, type Part, type Values } from "./placeholders";

/** `Dr. Jane`: the clinician's title and first name, all of a person that a message may name. */
const clinicianName = ({ clinician }: MessageFacts) => `${clinician.title} ${clinician.firstName}`.trim();

/** `+15550100199` → `(555) 010-0199`; anything but a North American number stays as it is. */
export function displayPhone(number: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** `20 min`, `25 h`, `3 days`: rounded down, so that no link is promised longer than it lives. */
export function lasting(until: Date, now: Date, locale = "en"): string {
  const words = catalogs[messageLocale(locale)];
  const minutes = Math.max(1, Math.floor((until.getTime() - now.getTime()) / 60_000));
  if (minutes < 120) return words.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? words.hours(hours) : words.days(Math.floor(hours / 24));
}

/** When the visit begins as far as is known: planned, or later if somebody said so. */
export const beginsAt = (facts: MessageFacts) => new Date(facts.late?.until ?? facts.scheduledAt);

/** `at 3:00 PM` today, `on Mon, Nov 23 at 3:00 PM` otherwise, by the reader's clock. */
function startsWhen(facts: MessageFacts, words: Catalog, now: Date): string {
  const at = beginsAt(facts);
  const time = clockTime(at, facts.timeZone, words.dates);
  if (calendarDay(at, facts.timeZone) === calendarDay(now, facts.timeZone)) return words.at(time);
  return words.onDayAt(shortDay(at, facts.timeZone, words.dates), time);
}

/** Relative words go stale in a text that is read later: only the last hour is told by them. */
const soonMs = 3_600_000;

/** `in 20 min`; else `at 3:45 PM` by the reader's clock, with its day where that is not the visit's own. */
function runsOutWhen(facts: MessageFacts, at: Date, words: Catalog, now: Date): string {
  if (at.getTime() - now.getTime() < soonMs) return words.within(lasting(at, now, facts.locale));
  const time = clockTime(at, facts.timeZone, words.dates);
  if (calendarDay(at, facts.timeZone) === calendarDay(beginsAt(facts), facts.timeZone)) return words.at(time);
  return words.onDayAt(shortDay(at, facts.timeZone, words.dates), time);
}

const clinicValues = (clinic: Clinic): Values => ({ clinic: clinic.name, phone: displayPhone(clinic.phone) });

/** What the placeholders of a visit's message stand for. */
export function valuesOf(facts: MessageFacts, clinic: Clinic, now: Date): Values {
  const words = catalogs[messageLocale(facts.locale)];
  const visit = fill(words.visit[facts.reader], { clinician: clinicianName(facts) });
  return {
    ...clinicValues(clinic),
    visit,
    Visit: `${visit.charAt(0).toUpperCase()}${visit.slice(1)}`,
    clinician: clinicianName(facts),
    when: startsWhen(facts, words, now),
    ...(facts.link && {
      link: facts.link.url,
      expires: lasting(new Date(facts.link.expiresAt), now, facts.locale),
      until: runsOutWhen(facts, new Date(facts.link.expiresAt), words, now),
    }),
    ...(facts.check && { check: facts.check.url }),
    ...(facts.visits && { count: String(facts.visits.length) }),
    ...(facts.late && { minutes: words.minutes(facts.late.minutes) }),
  };
}

/** The clinic's own words where it has some, else ours. */
export function wordingOf(clinic: Clinic, template: AnyTemplate, locale: string, part: Part): string {
  const language = messageLocale(locale);
  return clinic.wordings.get(`${template}/${language}/${part}`) ?? ourWording(template, language, part);
}

export function ourWording(template: AnyTemplate, locale: string, part: Part): string {
  const { messages, replies } = catalogs[messageLocale(locale)];
  return isReply(template) ? replies[template] : messages[template][part];
}

/** The answer to a text that somebody sent us. */
export function replyBody(template: AnyTemplate, locale: string, clinic: Clinic): string {
  return fill(wordingOf(clinic, template, locale, "sms"), clinicValues(clinic));
}

/** A text to a patient of no visit. */
export function ownBody(
  template: OwnTemplate,
  { locale, ...values }: { locale: string; link?: string; code?: string },
  clinic: Clinic,
): string {
  return fill(catalogs[messageLocale(locale)].own[template], { ...clinicValues(clinic), ...values });
}
