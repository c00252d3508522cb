import { describe, expect, test } from "vitest";
import { type Availability, type Hours, isWeek, weekdayOf, whyUnavailable } from "./availability";

const weekdays = [1, 2, 3, 4, 5];
const nineToFive = weekdays.map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1020 }));
const jane: Availability = { timeZone: "America/New_York", hours: nineToFive, daysOff: [] };
const why = (at: string, durationMinutes = 30, who: Partial<Availability> = {}) =>
  whyUnavailable({ ...jane, ...who }, { at: new Date(at), durationMinutes });

describe("a clinician is there", () => {
  test("from the first minute of their hours to the last, by their own clock", () => {
    expect(why("2026-11-23T14:00:00Z")).toBeNull(); // Monday, 9:00 in New York
    expect(why("2026-11-23T21:30:00Z")).toBeNull(); // ends at 17:00 sharp
    expect(why("2026-11-23T13:59:00Z")).toMatchObject({ code: "OUTSIDE_HOURS" });
    expect(why("2026-11-23T21:31:00Z")).toMatchObject({ code: "OUTSIDE_HOURS" });
  });

  test("at the same hour of their clock when clocks change", () => {
    expect(why("2026-10-30T13:00:00Z")).toBeNull(); // 9:00 EDT
    expect(why("2026-11-02T13:00:00Z")).toMatchObject({ code: "OUTSIDE_HOURS" }); // 8:00 EST
    expect(why("2026-11-02T14:00:00Z")).toBeNull();
  });

  test("through hours that meet, and not in the gap between others", () => {
    const spells = (noon: number) => [
      { weekday: 1, fromMinute: 540, toMinute: 720 },
      { weekday: 1, fromMinute: noon, toMinute: 1020 },
    ];
    expect(why("2026-11-23T16:45:00Z", 30, { hours: spells(720) })).toBeNull();
    expect(why("2026-11-23T16:45:00Z", 30, { hours: spells(780) })).toMatchObject({ code: "OUTSIDE_HOURS" });
  });

  test("past midnight when both days say so", () => {
    const night = [
      { weekday: 1, fromMinute: 1320, toMinute: 1440 },
      { weekday: 2, fromMinute: 0, toMinute: 120 },
    ];
    const late = "2026-11-24T04:45:00Z"; // Monday, 23:45
    expect(why(late, 30, { hours: night })).toBeNull();
    expect(why(late, 15, { hours: night.slice(0, 1) })).toBeNull();
    expect(why(late, 30, { hours: night.slice(0, 1) })).toEqual({ code: "OUTSIDE_HOURS", hours: [] });
  });

  test("whenever, as far as anybody knows, who never said when", () => {
    expect(why("2026-11-22T06:00:00Z", 30, { hours: [] })).toBeNull();
  });
});

describe("a day off", () => {
  const off = { daysOff: [{ firstDay: "2026-11-26", lastDay: "2026-11-27" }] };
  test("holds from its first midnight to its last, by the clinician's clock", () => {
    expect(why("2026-11-26T15:00:00Z", 30, off)).toEqual({
      code: "DAY_OFF",
      firstDay: "2026-11-26",
      lastDay: "2026-11-27",
    });
    expect(why("2026-11-25T21:00:00Z", 30, off)).toBeNull();
    expect(why("2026-11-30T15:00:00Z", 30, off)).toBeNull();
  });
  test("counts also where no hours were said", () => {
    expect(why("2026-11-26T15:00:00Z", 30, { ...off, hours: [] })).toMatchObject({ code: "DAY_OFF" });
  });
});

test("a week that cannot be is none", () => {
  const hours = (...list: [number, number, number][]): Hours[] =>
    list.map(([weekday, fromMinute, toMinute]) => ({ weekday, fromMinute, toMinute }));
  expect(isWeek([])).toBe(true);
  expect(isWeek(hours([1, 540, 720], [1, 720, 1440], [7, 0, 1]))).toBe(true);
  for (const wrong of [
    hours([0, 540, 720]),
    hours([8, 540, 720]),
    hours([1, 720, 720]),
    hours([1, 720, 540]),
    hours([1, -1, 540]),
    hours([1, 0, 1441]),
    hours([1, 0.5, 540]),
    hours([1, 700, 800], [1, 540, 720]),
    hours([1, 0, 1], [1, 2, 3], [1, 4, 5], [1, 6, 7], [1, 8, 9]),
  ])
    expect(isWeek(wrong), JSON.stringify(wrong)).toBe(false);
});

test("weeks begin on Monday", () => {
  expect(weekdayOf("2026-11-23")).toBe(1);
  expect(weekdayOf("2026-11-22")).toBe(7);
});
