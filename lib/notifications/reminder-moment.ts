import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import type { QuietHours } from "./clinic";
import { beforeQuiet, dayAfter } from "./quiet-hours";

export const reminderSchedules = ["day", "hour"] as const;
export type ReminderSchedule = (typeof reminderSchedules)[number];

const hourMs = 3_600_000;
/** Later than this before the start, a reminder helps nobody any more. */
const latestBeforeMs: Record<ReminderSchedule, number> = { day: 3 * hourMs, hour: hourMs / 6 };

/**
 * When a reminder is to go: the day before at the visit's own clock time (whatever the clocks do that night), or an hour before. One
 * that falls into quiet hours goes the evening before them.
 * @returns null when it makes no sense: the hour's would be no later than the day's.
 */
export function reminderMoment(
  schedule: ReminderSchedule,
  start: Date,
  timeZone: string,
  quiet: QuietHours,
): Date | null {
  if (schedule === "day") return beforeQuiet(dayBefore(start, timeZone), timeZone, quiet);
  const moment = beforeQuiet(new Date(start.getTime() - hourMs), timeZone, quiet);
  const first = reminderMoment("day", start, timeZone, quiet);
  return moment && first && moment <= first ? null : moment;
}

/** From here on it is not sent at all. */
export const reminderEnds = (schedule: ReminderSchedule, start: Date) =>
  new Date(start.getTime() - latestBeforeMs[schedule]);

/** The same time on the wall, a calendar day earlier; 24 hours where the clocks skip it. */
function dayBefore(start: Date, timeZone: string): Date {
  const [day = "", time = ""] = wallTime(start, timeZone).split("T");
  return instantOf(`${dayAfter(day, -1)}T${time}`, timeZone) ?? new Date(start.getTime() - 24 * hourMs);
}
