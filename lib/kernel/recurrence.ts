import { instantOf } from "./wall-time";

export const repeatRules = ["weekly", "two-weekly", "four-weekly", "monthly"] as const;
export type Repeats = (typeof repeatRules)[number];

/** Half a year of weeks: nobody plans further, and nobody has to wait for what is done to all of them at once. */
export const seriesMost = 26;
export const seriesLeast = 2;

const dayMs = 86_400_000;
const daysBetween = { weekly: 7, "two-weekly": 14, "four-weekly": 28 } as const;
/** A fifth Tuesday is not in every month; the last one is. */
const lastInMonth = 5;

/**
 * When visits fall that repeat: the same time of day by the clocks of one place, whatever those do in between.
 *
 * @param first `YYYY-MM-DDTHH:MM`, as a clock on the wall shows it.
 * @param end how many, or the last calendar day (`YYYY-MM-DD`) on which one may fall. In any case no more than `seriesMost`.
 * @returns wall times, `first` among them; none where it is no time.
 */
export function occurrences(
  first: string,
  repeats: Repeats,
  end: { visits: number } | { until: string },
): string[] {
  const [day = "", time = ""] = first.split("T");
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || !/^\d{2}:\d{2}$/.test(time)) return [];
  const walls: string[] = [];
  const most = "visits" in end ? Math.min(end.visits, seriesMost) : seriesMost;
  for (let place = 0; place < most; place++) {
    const date = dayOf(
      repeats === "monthly" ? monthsOn(start, place) : start + place * daysBetween[repeats] * dayMs,
    );
    if ("until" in end && date > end.until) break;
    walls.push(`${date}T${time}`);
  }
  return walls;
}

/** Which of its weekday in its month a day is: 1–4, or 5 for the last where there is a fifth. */
export function weekOfMonth(day: string): number {
  return Math.ceil(Number(day.slice(8, 10)) / 7);
}

/** The instants of wall times there, moved by as many minutes on the wall; null for a time that the clocks skip. */
export function shifted(wall: string, minutes: number, timeZone: string): Date | null {
  const moved = new Date(Date.parse(`${wall}:00Z`) + minutes * 60_000).toISOString().slice(0, 16);
  return instantOf(moved, timeZone);
}

/** By how many minutes a clock on the wall differs between two of its times. */
export const minutesBetween = (from: string, to: string): number =>
  (Date.parse(`${to}:00Z`) - Date.parse(`${from}:00Z`)) / 60_000;

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The same weekday of the same week of the month, so many months on. */
function monthsOn(start: number, months: number): number {
  const from = new Date(start);
  const week = weekOfMonth(dayOf(start));
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  const ahead = (from.getUTCDay() - new Date(Date.UTC(year, month, 1)).getUTCDay() + 7) % 7;
  const inMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = 1 + ahead + (week - 1) * 7;
  return Date.UTC(year, month, week === lastInMonth && day > inMonth ? day - 7 : day);
}
