import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { beforeQuiet, isQuiet, nextQuiet, defaultQuietHours as quiet } from "./quiet-hours";
import { defaultReminders, type ReminderRules, reminderMoment } from "./reminder-moment";

const at = (wall: string, zone: string) => {
  const instant = instantOf(wall, zone);
  if (!instant) throw new Error(`${wall} does not happen in ${zone}`);
  return instant;
};
const moment = (schedule: "day" | "hour", start: string, zone: string) => {
  const found = reminderMoment(schedule, at(start, zone), zone, quiet);
  return found && wallTime(found, zone);
};
const [york, angeles, phoenix, london, kolkata, howe] = [
  "America/New_York",
  "America/Los_Angeles",
  "America/Phoenix",
  "Europe/London",
  "Asia/Kolkata",
  "Australia/Lord_Howe", // half an hour of summer time
];

describe("a reminder goes when the patient is awake", () => {
  test.each([
    // An ordinary afternoon.
    ["day", "2026-11-24T15:00", york, "2026-11-23T15:00"],
    ["hour", "2026-11-24T15:00", york, "2026-11-24T14:00"],
    ["day", "2026-11-24T15:00", kolkata, "2026-11-23T15:00"],
    // An early visit: an hour before is night, so the evening before.
    ["hour", "2026-11-24T08:30", york, "2026-11-23T20:45"],
    ["day", "2026-11-24T08:30", york, "2026-11-23T08:30"],
    ["hour", "2026-11-24T09:00", york, "2026-11-24T08:00"],
    ["hour", "2026-11-24T08:59", york, "2026-11-23T20:45"],
    ["day", "2026-11-24T07:00", york, "2026-11-22T20:45"],
    ["hour", "2026-11-24T07:00", york, "2026-11-23T20:45"],
    // A late one.
    ["hour", "2026-11-24T22:30", york, "2026-11-24T20:45"],
    ["day", "2026-11-24T21:00", york, "2026-11-23T20:45"],
    ["day", "2026-11-24T20:59", york, "2026-11-23T20:59"],
    // Clocks go forward in New York on March 8, 2026 at 2:00: the day before is 23 hours before, by the clock it is the same.
    ["day", "2026-03-08T15:00", york, "2026-03-07T15:00"],
    ["hour", "2026-03-08T08:30", york, "2026-03-07T20:45"],
    // The day before a 2:30 that exists has none: the clocks skip it. Night anyway, so the evening before.
    ["day", "2026-03-09T02:30", york, "2026-03-07T20:45"],
    // Clocks go back on November 1, 2026 at 2:00: the day before is 25 hours before.
    ["day", "2026-11-01T15:00", york, "2026-10-31T15:00"],
    ["hour", "2026-11-01T08:30", york, "2026-10-31T20:45"],
    ["day", "2026-11-02T08:00", york, "2026-11-01T08:00"],
    // Another zone changes on another day, and Arizona never.
    ["day", "2026-03-29T10:00", london, "2026-03-28T10:00"],
    ["day", "2026-03-08T10:00", phoenix, "2026-03-07T10:00"],
    ["day", "2026-04-05T10:00", howe, "2026-04-04T10:00"],
    ["hour", "2026-04-05T08:15", howe, "2026-04-04T20:45"],
    ["hour", "2026-11-24T15:00", angeles, "2026-11-24T14:00"],
  ] as const)("%s before %s in %s: %s", (schedule, start, zone, expected) => {
    expect(moment(schedule, start, zone)).toBe(expected);
  });

  test("the same clock time is 23 and 25 hours away on the nights when clocks change", () => {
    const hours = (start: string) => {
      const begin = at(start, york);
      return (begin.getTime() - (reminderMoment("day", begin, york, quiet)?.getTime() ?? 0)) / 3_600_000;
    };
    expect([hours("2026-03-08T15:00"), hours("2026-11-01T15:00"), hours("2026-11-24T15:00")]).toEqual([
      23, 25, 24,
    ]);
  });

  test("whatever the zone, the day and the time: never in the quiet, never after the start, the day's before the hour's", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(york, angeles, phoenix, london, kolkata, howe, "Pacific/Apia", "America/St_Johns"),
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
        (zone, start) => {
          const [day, hour] = (["day", "hour"] as const).map((one) =>
            reminderMoment(one, start, zone, quiet),
          );
          for (const found of [day, hour])
            if (found) {
              expect(isQuiet(found, zone, quiet)).toBe(false);
              expect(found.getTime()).toBeLessThan(start.getTime());
              expect(start.getTime() - found.getTime()).toBeLessThan(48 * 3_600_000);
            }
          if (day && hour) expect(day.getTime()).toBeLessThan(hour.getTime());
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("with quiet nearly all day there is no good moment, and none is made up", () => {
    expect(
      reminderMoment("hour", at("2026-11-24T15:00", york), york, { from: "08:10", to: "08:00" }),
    ).toBeNull();
  });
});

describe("quiet hours", () => {
  test.each([
    ["2026-11-24T20:59", false],
    ["2026-11-24T21:00", true],
    ["2026-11-24T23:59", true],
    ["2026-11-24T00:00", true],
    ["2026-11-24T07:59", true],
    ["2026-11-24T08:00", false],
    // Twice on this night, and both are night.
    ["2026-11-01T01:30", true],
  ])("%s: %s", (wall, expected) => {
    expect(isQuiet(at(wall, york), york, quiet)).toBe(expected);
  });

  test("are the patient's: the same moment is evening in one zone and night in another", () => {
    const moment = at("2026-11-24T20:30", angeles);
    expect([isQuiet(moment, angeles, quiet), isQuiet(moment, york, quiet)]).toEqual([false, true]);
  });

  test("by day alone, or none at all, work too", () => {
    expect(isQuiet(at("2026-11-24T13:00", york), york, { from: "12:00", to: "14:00" })).toBe(true);
    expect(isQuiet(at("2026-11-24T14:00", york), york, { from: "12:00", to: "14:00" })).toBe(false);
    expect(isQuiet(at("2026-11-24T03:00", york), york, { from: "09:00", to: "09:00" })).toBe(false);
    expect(nextQuiet(at("2026-11-24T03:00", york), york, { from: "09:00", to: "09:00" })).toBeNull();
  });

  test("begin again each evening, also on a day of 23 hours and at a time that the clocks skip", () => {
    const next = (wall: string, from = "21:00") =>
      wallTime(nextQuiet(at(wall, york), york, { from, to: "08:00" }) as Date, york);
    expect(next("2026-11-24T15:00")).toBe("2026-11-24T21:00");
    expect(next("2026-11-24T21:00")).toBe("2026-11-25T21:00");
    expect(next("2026-03-08T00:30")).toBe("2026-03-08T21:00");
    expect(next("2026-03-08T00:30", "02:30")).toBe("2026-03-08T03:30");
    expect(
      wallTime(beforeQuiet(at("2026-03-08T04:00", york), york, { from: "02:30", to: "08:00" }) as Date, york),
    ).toBe("2026-03-08T01:15");
  });
});

describe("the clinic says when", () => {
  const rules = (given: {
    day?: Partial<ReminderRules["day"]>;
    hours?: Partial<ReminderRules["hours"]>;
  }) => ({
    day: { ...defaultReminders.day, ...given.day },
    hours: { ...defaultReminders.hours, ...given.hours },
  });
  const when = (schedule: "day" | "hour", start: string, given: ReminderRules) => {
    const found = reminderMoment(schedule, at(start, york), york, quiet, given);
    return found && wallTime(found, york);
  };

  test("at what time of the day before, by the patient's clock, and still before the quiet", () => {
    const start = "2026-11-24T15:00";
    expect(when("day", start, rules({ day: { at: "18:00" } }))).toBe("2026-11-23T18:00");
    expect(when("day", start, rules({ day: { at: "22:00" } }))).toBe("2026-11-23T20:45");
    expect(when("day", start, rules({ day: { at: "05:00" } }))).toBe("2026-11-22T20:45");
  });

  test("how many hours before, and neither when it is switched off", () => {
    const start = "2026-11-24T15:00";
    expect(when("hour", start, rules({ hours: { before: 4 } }))).toBe("2026-11-24T11:00");
    expect(when("hour", start, rules({ hours: { on: false } }))).toBeNull();
    expect(when("day", start, rules({ day: { on: false } }))).toBeNull();
    // An early one whose two reminders would fall into one evening: with the day's off, the hours' goes then.
    expect(when("hour", "2026-11-24T07:00", rules({ day: { on: false } }))).toBe("2026-11-23T20:45");
  });

  test("the second is left out where it would come no later than the first", () => {
    const late = rules({ day: { at: "20:00" }, hours: { before: 12 } });
    expect(when("hour", "2026-11-24T08:00", late)).toBeNull();
    expect(when("hour", "2026-11-24T15:00", late)).toBe("2026-11-23T20:45");
  });
});
