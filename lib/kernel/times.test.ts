import { expect, test } from "vitest";
import { calendarDay, clockTime, fullTime, shortDay, untilWords } from "./times";

const at = new Date("2026-11-23T20:00:00Z");

test("a time is told by the reader's clock", () => {
  expect(clockTime(at, "America/New_York")).toBe("3:00 PM");
  expect(clockTime(at, "America/Los_Angeles")).toBe("12:00 PM");
  expect(fullTime(at, "America/New_York")).toBe("Monday, November 23 at 3:00 PM EST");
  expect(shortDay(at, "America/New_York")).toBe("Mon, Nov 23");
});

test("summer time is the zone's, not ours", () => {
  expect(clockTime(new Date("2026-07-01T19:00:00Z"), "America/New_York")).toBe("3:00 PM");
});

test("midnight belongs to the day that begins", () => {
  expect(calendarDay(new Date("2026-11-24T04:59:59Z"), "America/New_York")).toBe("2026-11-23");
  expect(calendarDay(new Date("2026-11-24T05:00:00Z"), "America/New_York")).toBe("2026-11-24");
});

test("how far away something is, is told in the largest unit that is true", () => {
  const after = (minutes: number, locale?: string) =>
    untilWords(new Date(at.getTime() + minutes * 60_000), at, locale);
  expect([0.2, 59, 60, 119, 47 * 60, 48 * 60].map((minutes) => after(minutes))).toEqual([
    "in 1 minute",
    "in 59 minutes",
    "in 1 hour",
    "in 1 hour",
    "in 47 hours",
    "in 2 days",
  ]);
  expect(after(-5)).toBe("in 0 minutes");
  expect(after(120, "es-US")).toBe("dentro de 2 horas");
});
