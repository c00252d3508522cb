import { addDays, weekOf } from "./schedule/days";

/** Days that move with the calendar, so that an address kept for later still means them. */
export const periods = [
  "on",
  "today",
  "tomorrow",
  "yesterday",
  "week",
  "nextWeek",
  "month",
  "next7",
  "past7",
  "past30",
] as const;
export type Period = (typeof periods)[number];

/** A week begins on Monday, as in the schedule. @param today `YYYY-MM-DD`, in the reader's calendar. Both days meant; "": no end. */
export function daysOf(period: Period, today: string): { from: string; to: string } {
  const day = (days: number) => addDays(today, days);
  const week = (day: string) => ({ from: weekOf(day)[0]!, to: weekOf(day)[6]! });
  switch (period) {
    case "on":
      return { from: today, to: "" };
    case "today":
      return { from: today, to: today };
    case "tomorrow":
      return { from: day(1), to: day(1) };
    case "yesterday":
      return { from: day(-1), to: day(-1) };
    case "week":
      return week(today);
    case "nextWeek":
      return week(day(7));
    case "month":
      return monthOf(today);
    case "next7":
      return { from: today, to: day(6) };
    case "past7":
      return { from: day(-7), to: day(-1) };
    case "past30":
      return { from: day(-30), to: day(-1) };
  }
}

function monthOf(day: string): { from: string; to: string } {
  const first = `${day.slice(0, 7)}-01`;
  // No month is longer than 31 days.
  const next = `${addDays(first, 31).slice(0, 7)}-01`;
  return { from: first, to: addDays(next, -1) };
}
