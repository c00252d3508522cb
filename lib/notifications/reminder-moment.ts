import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { beforeQuiet, dayAfter, type QuietHours } from "./quiet-hours";

export const reminderSchedules = ["day", "hour"] as const;
export type ReminderSchedule = (typeof reminderSchedules)[number];

/** When the clinic has patients reminded. `at`: `HH:MM` by the reader's clock; null: the visit's own time. `before`: hours, 1 to 12. */
export type ReminderRules = {
  day: { on: boolean; at: string | null };
  hours: { on: boolean; before: number };
};
export const defaultReminders: ReminderRules = {
  day: { on: true, at: null },
  hours: { on: true, before: 1 },
};

const hourMs = 3_600_000;
/** Later than this before the start, a reminder helps nobody any more. */
const latestBeforeMs: Record<ReminderSchedule, number> = { day: 3 * hourMs, hour: hourMs / 6 };

/**
 * When a reminder is to go: the day before at the time that the clinic says or else the visit's own (whatever the clocks do that night), or
 * some hours before. One that falls into quiet hours goes the evening before them.
 * @returns null when it is switched off or makes no sense: the hours' would be no later than the day's.
 */
export function reminderMoment(
  schedule: ReminderSchedule,
  start: Date,
  timeZone: string,
  quiet: QuietHours,
  rules: ReminderRules = defaultReminders,
): Date | null {
  if (schedule === "day")
    return rules.day.on ? beforeQuiet(dayBefore(start, timeZone, rules.day.at), timeZone, quiet) : null;
  if (!rules.hours.on) return null;
  const moment = beforeQuiet(new Date(start.getTime() - rules.hours.before * hourMs), timeZone, quiet);
  const first = reminderMoment("day", start, timeZone, quiet, rules);
  return moment && first && moment <= first ? null : moment;
}

/** From here on it is not sent at all. */
export const reminderEnds = (schedule: ReminderSchedule, start: Date) =>
  new Date(start.getTime() - latestBeforeMs[schedule]);

/** That time on the wall, or the visit's own, a calendar day earlier; 24 hours where the clocks skip it. */
function dayBefore(start: Date, timeZone: string, at: string | null): Date {
  const [day = "", time = ""] = wallTime(start, timeZone).split("T");
  return instantOf(`${dayAfter(day, -1)}T${at ?? time}`, timeZone) ?? new Date(start.getTime() - 24 * hourMs);
}
