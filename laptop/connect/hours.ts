import type { Input } from "./input";

export const dayNames = [
  "SUNDAY",
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
] as const;
type DayName = (typeof dayNames)[number];

/** When support is open: the same span on each of `days`, by the clocks of `timeZone`. `until` may be `24:00`; no days: never. */
export type Hours = { timeZone: string; days: DayName[]; from: string; until: string };

export const openAllDay: Hours = { timeZone: "UTC", days: [...dayNames], from: "00:00", until: "24:00" };

export const hoursShape =
  'Give any of {"timeZone": "America/New_York", "days": ["MONDAY", …], "from": "08:00", "until": "20:00" or "24:00"}';

/** @returns the hours with what was given in place of what was; null for what is none. */
export function readHours(given: Input, known: Hours): Hours | null {
  const { timeZone, days, from, until } = { ...known, ...given };
  if (typeof timeZone !== "string" || !isTimeZone(timeZone)) return null;
  if (!Array.isArray(days) || !days.every((day) => dayNames.includes(day))) return null;
  if (typeof from !== "string" || !/^([01]\d|2[0-3]):[0-5]\d$/.test(from)) return null;
  if (typeof until !== "string" || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(until) || until <= from)
    return null;
  return { timeZone, days: dayNames.filter((day) => days.includes(day)), from, until };
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en-US", { timeZone: name }));
  } catch {
    return false;
  }
}

/** @param nowMs milliseconds since 1970. */
export function isOpenAt({ timeZone, days, from, until }: Hours, nowMs: number): boolean {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    weekday: "long",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(nowMs);
  const part = (wanted: string) => parts.find(({ type }) => type === wanted)?.value ?? "";
  const clock = `${part("hour")}:${part("minute")}`;
  return days.some((day) => day === part("weekday").toUpperCase()) && clock >= from && clock < until;
}
