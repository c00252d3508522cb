import { wallTime } from "@/lib/kernel/wall-time";

/** Some hours of every such weekday (ISO 8601: 1 is Monday), in minutes of the day: 540 is 9:00, 1440 its end. */
export type Hours = { weekday: number; fromMinute: number; toMinute: number };
/** Whole days, both meant: `YYYY-MM-DD`. */
export type DaysOff = { firstDay: string; lastDay: string };
/** All by the clocks of `timeZone`. No hours at all: not said, not never. */
export type Availability = { timeZone: string; hours: readonly Hours[]; daysOff: readonly DaysOff[] };

export type Unavailable =
  | { code: "DAY_OFF"; firstDay: string; lastDay: string }
  /** `hours`: those of that weekday; none: they do not work on it. */
  | { code: "OUTSIDE_HOURS"; hours: Hours[] };

const dayMinutes = 1440;

/** Why a clinician does not usually see patients then, all through; null when they do, or have never said when. */
export function whyUnavailable(
  { timeZone, hours, daysOff }: Availability,
  { at, durationMinutes }: { at: Date; durationMinutes: number },
): Unavailable | null {
  const parts = partsOf(at, durationMinutes, timeZone);
  for (const { day } of parts) {
    const off = daysOff.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay);
    if (off) return { code: "DAY_OFF", firstDay: off.firstDay, lastDay: off.lastDay };
  }
  if (hours.length === 0) return null;
  for (const { day, fromMinute, toMinute } of parts) {
    const ofDay = hours.filter(({ weekday }) => weekday === weekdayOf(day));
    if (!covers(ofDay, fromMinute, toMinute)) return { code: "OUTSIDE_HOURS", hours: ofDay };
  }
  return null;
}

/** Of a calendar day, `YYYY-MM-DD`: 1 is Monday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

type Part = { day: string; fromMinute: number; toMinute: number };

/** A visit as the clock on the wall shows it: one part, or two where it goes past midnight. */
function partsOf(at: Date, durationMinutes: number, timeZone: string): Part[] {
  const [day = "", from = ""] = wallTime(at, timeZone).split("T");
  const last = wallTime(new Date(at.getTime() + durationMinutes * 60_000), timeZone);
  const [lastDay = "", to = ""] = last.split("T");
  if (lastDay === day) return [{ day, fromMinute: minuteOf(from), toMinute: minuteOf(to) }];
  const first = { day, fromMinute: minuteOf(from), toMinute: dayMinutes };
  return to === "00:00" ? [first] : [first, { day: lastDay, fromMinute: 0, toMinute: minuteOf(to) }];
}

/** `HH:MM` as minutes of the day. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

function covers(hours: readonly Hours[], from: number, to: number): boolean {
  let reached = from;
  for (const { fromMinute, toMinute } of [...hours].sort((a, b) => a.fromMinute - b.fromMinute))
    if (fromMinute <= reached) reached = Math.max(reached, toMinute);
  return reached >= to;
}

/** What cannot be somebody's week: a weekday that is none, an end before its beginning, hours that overlap, more than four spells a day. */
export function isWeek(hours: readonly Hours[]): boolean {
  const sorted = [...hours].sort((a, b) => a.weekday - b.weekday || a.fromMinute - b.fromMinute);
  return sorted.every((one, index) => {
    const before = sorted[index - 1];
    const wholes = [one.weekday, one.fromMinute, one.toMinute].every(Number.isInteger);
    const inDay = one.fromMinute >= 0 && one.fromMinute < one.toMinute && one.toMinute <= dayMinutes;
    const apart = before?.weekday !== one.weekday || before.toMinute <= one.fromMinute;
    const few = sorted[index - 4]?.weekday !== one.weekday;
    return wholes && inDay && apart && few && one.weekday >= 1 && one.weekday <= 7;
  });
}
