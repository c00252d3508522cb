import { type Hours, minuteOf } from "@/lib/clinicians/availability";

/** ISO 8601: 1 is Monday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** The names of a weekday's time fields: two spells. */
export const spellFields = (weekday: number) =>
  [1, 2].map((spell) => ({ from: `from-${weekday}-${spell}`, to: `to-${weekday}-${spell}` }));

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The week that the form says. A spell with no times is none; midnight as an end is the day's end. Null: half a spell, or no time. */
export function readWeek(form: FormData): Hours[] | null {
  const hours: Hours[] = [];
  for (const weekday of weekdays)
    for (const names of spellFields(weekday)) {
      const from = String(form.get(names.from) ?? "");
      const to = String(form.get(names.to) ?? "");
      if (from === "" && to === "") continue;
      if (!clock.test(from) || !clock.test(to)) return null;
      hours.push({ weekday, fromMinute: minuteOf(from), toMinute: to === "00:00" ? 1440 : minuteOf(to) });
    }
  return hours;
}
