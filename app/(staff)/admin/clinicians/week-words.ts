import type { Hours } from "@/lib/clinicians/availability";

/** Monday, 2024-01-01, and the six days after it. */
const dayOf = (weekday: number) => new Date(Date.UTC(2024, 0, weekday));

/** `Monday`, or `Mon`. `weekday`: ISO 8601, 1 is Monday. */
export const weekdayName = (weekday: number, tag: string, form: "long" | "short" = "long"): string =>
  new Intl.DateTimeFormat(tag, { weekday: form, timeZone: "UTC" }).format(dayOf(weekday));

/** `9:00 AM`: minutes of the day as a clock shows them. */
export const minuteWords = (minute: number, tag: string): string =>
  new Intl.DateTimeFormat(tag, { hour: "numeric", minute: "2-digit", timeZone: "UTC" })
    .format(new Date(Date.UTC(2024, 0, 1, 0, minute)))
    .replace(/[\u00a0\u202f]/g, " ");

const spellWords = ({ fromMinute, toMinute }: Hours, tag: string) =>
  `${minuteWords(fromMinute, tag)}–${minuteWords(toMinute, tag)}`;

/** `9:00 AM–5:00 PM`, one after another. */
export const hoursWords = (hours: readonly Hours[], tag: string): string =>
  hours.map((one) => spellWords(one, tag)).join(", ");

/** A week in a few lines, each for weekdays that follow one another and are alike: `Mon–Fri 9:00 AM–5:00 PM`. */
export function weekLines(hours: readonly Hours[], tag: string): string[] {
  const runs: { from: number; to: number; words: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const words = hoursWords(
      hours.filter((one) => one.weekday === weekday),
      tag,
    );
    const last = runs.at(-1);
    if (last?.words === words) last.to = weekday;
    else runs.push({ from: weekday, to: weekday, words });
  }
  const name = (weekday: number) => weekdayName(weekday, tag, "short");
  return runs
    .filter(({ words }) => words !== "")
    .map(({ from, to, words }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`} ${words}`);
}

/** `HH:MM`, as a time field wants it; the day's end is its beginning to such a field. */
export const fieldTime = (minute: number): string =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

/** `Nov 26, 2026`: a day of nobody's zone. `day`: `YYYY-MM-DD`. */
export const dayWords = (day: string, tag: string): string =>
  new Intl.DateTimeFormat(tag, { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" }).format(
    new Date(`${day}T00:00:00Z`),
  );
