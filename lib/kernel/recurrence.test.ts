import { describe, expect, test } from "vitest";
import { minutesBetween, occurrences, shifted, weekOfMonth } from "./recurrence";
import { instantOf } from "./wall-time";

const york = "America/New_York";
const utc = (walls: string[], zone = york) => walls.map((wall) => instantOf(wall, zone)?.toISOString());

describe("visits that repeat", () => {
  test("fall on the same weekday, every one, two or four weeks", () => {
    expect(occurrences("2026-12-01T10:00", "weekly", { visits: 3 })).toEqual([
      "2026-12-01T10:00",
      "2026-12-08T10:00",
      "2026-12-15T10:00",
    ]);
    expect(occurrences("2026-12-01T10:00", "two-weekly", { visits: 2 })).toContain("2026-12-15T10:00");
    expect(occurrences("2026-12-01T10:00", "four-weekly", { visits: 2 })).toContain("2026-12-29T10:00");
  });

  test("keep their time of day when clocks are set back, and when they are set forward", () => {
    expect(utc(occurrences("2026-10-27T10:00", "weekly", { visits: 2 }))).toEqual([
      "2026-10-27T14:00:00.000Z",
      "2026-11-03T15:00:00.000Z",
    ]);
    expect(utc(occurrences("2027-03-09T10:00", "weekly", { visits: 2 }))).toEqual([
      "2027-03-09T15:00:00.000Z",
      "2027-03-16T14:00:00.000Z",
    ]);
    // The other way round south of the equator.
    expect(utc(occurrences("2027-04-02T10:00", "weekly", { visits: 2 }), "Australia/Sydney")).toEqual([
      "2027-04-01T23:00:00.000Z",
      "2027-04-09T00:00:00.000Z",
    ]);
  });

  test("fall on the same week of each month: the second Tuesday, over the year's end", () => {
    expect(occurrences("2026-11-10T10:00", "monthly", { visits: 4 })).toEqual([
      "2026-11-10T10:00",
      "2026-12-08T10:00",
      "2027-01-12T10:00",
      "2027-02-09T10:00",
    ]);
  });

  test("a fifth Tuesday is the last one where a month has four", () => {
    expect(weekOfMonth("2026-12-29")).toBe(5);
    expect(occurrences("2026-12-29T10:00", "monthly", { visits: 4 })).toEqual([
      "2026-12-29T10:00",
      "2027-01-26T10:00",
      "2027-02-23T10:00",
      "2027-03-30T10:00",
    ]);
  });

  test("end on the day that was named, and are 26 at most", () => {
    expect(occurrences("2026-12-01T10:00", "weekly", { until: "2026-12-15" })).toHaveLength(3);
    expect(occurrences("2026-12-01T10:00", "weekly", { until: "2026-12-14" })).toHaveLength(2);
    expect(occurrences("2026-12-01T10:00", "weekly", { until: "2099-01-01" })).toHaveLength(26);
    expect(occurrences("2026-12-01T10:00", "weekly", { visits: 1000 })).toHaveLength(26);
    expect(occurrences("2026-12-01T10:00", "weekly", { until: "2026-11-01" })).toEqual([]);
  });

  test("what is no time has none", () => {
    expect(occurrences("", "weekly", { visits: 3 })).toEqual([]);
    expect(occurrences("2026-12-01T", "monthly", { visits: 3 })).toEqual([]);
  });
});

describe("visits that are moved together", () => {
  test("move by the same difference on the wall, also across a change of clocks", () => {
    const minutes = minutesBetween("2026-10-27T10:00", "2026-10-28T11:30");
    expect(minutes).toBe(1530);
    expect(shifted("2026-10-27T10:00", minutes, york)?.toISOString()).toBe("2026-10-28T15:30:00.000Z");
    expect(shifted("2026-11-03T10:00", minutes, york)?.toISOString()).toBe("2026-11-04T16:30:00.000Z");
  });

  test("to a time that the clocks skip, not at all", () => {
    expect(shifted("2027-03-14T01:30", 60, york)).toBeNull();
  });
});
