import { createTranslator } from "next-intl";
import { fullName } from "@/lib/kernel/full-name";
import { calendarDay } from "@/lib/kernel/times";
import { timeWithOffset, wallTime } from "@/lib/kernel/wall-time";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Locale } from "@/messages/locales";
import { messagesOf } from "@/messages/messages";

type Cell = string | number | null;
export type VisitTable = { head: readonly string[]; line(visit: VisitSummary): Cell[] };

/** Visits as programs read them: names of the API, instants in UTC, codes. A contract: columns are only ever added, at the end. */
const programColumns = {
  visit: ({ visitId }) => visitId,
  planned: ({ scheduledAt }) => scheduledAt,
  minutes: ({ duration }) => duration,
  state: ({ status }) => status,
  patient: ({ patient }) => patient.patientId,
  firstName: ({ patient }) => patient.firstName,
  lastName: ({ patient }) => patient.lastName,
  patientState: ({ patient }) => patient.state,
  clinician: ({ clinician }) => fullName(clinician),
  kind: ({ visitType }) => visitType,
  channel: ({ channel }) => channel,
  started: ({ startedAt }) => startedAt,
  ended: ({ endedAt }) => endedAt,
  seconds: ({ actualDurationSeconds }) => actualDurationSeconds,
} satisfies Record<string, (visit: VisitSummary) => Cell>;

export const programTable = {
  head: Object.keys(programColumns),
  line: (visit: VisitSummary) => Object.values(programColumns).map((column) => column(visit)),
} satisfies VisitTable;

/**
 * The same for a person: in their words, and by the clocks of one zone, which is named in every row. Days and times are written as every
 * spreadsheet reads them (`2026-11-23`, `15:00`); the column with the offset is the instant for whoever reckons with it.
 *
 * @param timeZone IANA.
 */
export async function personTable({
  locale,
  timeZone,
}: {
  locale: Locale;
  timeZone: string;
}): Promise<VisitTable> {
  const t = createTranslator({ locale, messages: await messagesOf(locale) });
  const zoneAt = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
  const zoneName = (at: Date) =>
    `${timeZone.replaceAll("_", " ")} (${zoneAt.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value})`;
  const local = (at: string | null) => at && wallTime(new Date(at), timeZone).replace("T", " ");
  const columns = {
    day: ({ begins }) => calendarDay(begins, timeZone),
    start: ({ begins }) => wallTime(begins, timeZone).slice(11),
    end: ({ begins, duration }) =>
      wallTime(new Date(begins.getTime() + duration * 60_000), timeZone).slice(11),
    zone: ({ begins }) => zoneName(begins),
    exact: ({ begins }) => timeWithOffset(begins, timeZone),
    minutes: ({ duration }) => duration,
    state: ({ status }) => t(`find.states.${status}`),
    firstName: ({ patient }) => patient.firstName,
    lastName: ({ patient }) => patient.lastName,
    place: ({ patient }) => stateName(patient.state),
    clinician: ({ clinician }) => fullName(clinician),
    kind: ({ visitType }) => kindName(visitType),
    channel: ({ channel }) => t(`visits.channels.${channel}`),
    began: ({ startedAt }) => local(startedAt),
    ended: ({ endedAt }) => local(endedAt),
    length: ({ actualDurationSeconds: seconds }) => seconds && Math.round(seconds / 60),
    visit: ({ visitId }) => visitId,
  } satisfies Record<string, (visit: VisitSummary & { begins: Date }) => Cell>;
  const names = Object.keys(columns) as (keyof typeof columns)[];
  // Both may be another book's, which then says how they are called.
  function stateName(code: string): string {
    const key = `states.${code}` as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : code;
  }
  const kindName = (type: string | null) =>
    type === "initial" || type === "follow-up" ? t(`visit.kinds.${type}`) : (type ?? t("visit.video"));
  return {
    head: names.map((name) => t(`csv.head.${name}`)),
    line: (visit) => names.map((name) => columns[name]({ ...visit, begins: new Date(visit.scheduledAt) })),
  };
}
