import { instantOf, wallTime } from "@/lib/kernel/wall-time";

/** `HH:MM` on the reader's clock; `from` later than `to` spans midnight; equal: never quiet. */
export type QuietHours = { from: string; to: string };
export const defaultQuietHours: QuietHours = { from: "21:00", to: "08:00" };

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;

/** Moved out of quiet hours, a message goes this long before they begin, so that a slow network is not late. Minutes. */
const leadMinutes = 15;

/** Whether a clock on the reader's wall says that it is quiet. By the wall, so that it holds on the days when clocks change. */
export function isQuiet(at: Date, timeZone: string, { from, to }: QuietHours): boolean {
  const time = wallTime(at, timeZone).slice(11);
  return from <= to ? from <= time && time < to : time >= from || time < to;
}

/** The next time that it gets quiet there; null when it never does. */
export function nextQuiet(at: Date, timeZone: string, quiet: QuietHours): Date | null {
  if (quiet.from === quiet.to) return null;
  const today = wallTime(at, timeZone).slice(0, 10);
  return (
    [today, dayAfter(today, 1)].map((day) => onWall(day, quiet.from, timeZone)).find((one) => one > at) ??
    null
  );
}

/** The last good moment before the quiet that `at` falls into; `at` itself outside of it. Null: there is none, so short is the day. */
export function beforeQuiet(at: Date, timeZone: string, quiet: QuietHours): Date | null {
  if (!isQuiet(at, timeZone, quiet)) return at;
  const [day = "", time = ""] = wallTime(at, timeZone).split("T");
  const began = time >= quiet.from ? day : dayAfter(day, -1);
  const start = onWall(began, quiet.from, timeZone).getTime();
  // An hour more where the clocks jumped into the quiet.
  const moments = [leadMinutes, leadMinutes + 60].map((minutes) => new Date(start - minutes * minuteMs));
  return moments.find((moment) => !isQuiet(moment, timeZone, quiet)) ?? null;
}

/** `2026-11-23` and -1: `2026-11-22`. A calendar's arithmetic, which knows no zone. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** A time that the clocks skip that day is the one an hour later, which is what they then show. */
function onWall(day: string, time: string, timeZone: string): Date {
  const exact = instantOf(`${day}T${time}`, timeZone);
  if (exact) return exact;
  const [hour = "0", minute = "00"] = time.split(":");
  const later = instantOf(`${day}T${String(Number(hour) + 1).padStart(2, "0")}:${minute}`, timeZone);
  if (!later) throw new Error(`${timeZone} skips more than an hour on ${day}`);
  return later;
}
