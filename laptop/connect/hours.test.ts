import { describe, expect, test } from "vitest";
import { isOpenAt, openAllDay, readHours } from "./hours";

const office = readHours({ timeZone: "America/New_York", from: "08:00", until: "20:00" }, openAllDay)!;
const at = (time: string) => Date.parse(time);

describe("hours of operation", () => {
  test.each([
    ["before", "2026-11-23T12:59:59Z", false],
    ["at the first minute", "2026-11-23T13:00:00Z", true],
    ["in the last minute", "2026-11-24T00:59:59Z", true],
    ["at the end", "2026-11-24T01:00:00Z", false],
  ])("count by their own wall clock: %s", (_, time, open) => {
    expect(isOpenAt(office, at(time))).toBe(open);
  });

  test("from the start they are always, without days they are never", () => {
    expect(isOpenAt(openAllDay, at("2026-11-23T23:59:59Z"))).toBe(true);
    expect(isOpenAt({ ...openAllDay, days: [] }, at("2026-11-23T12:00:00Z"))).toBe(false);
    expect(isOpenAt({ ...openAllDay, days: ["TUESDAY"] }, at("2026-11-23T12:00:00Z"))).toBe(false);
  });

  test("what is left out stays; what is no hours is refused", () => {
    expect(readHours({ days: ["TUESDAY", "MONDAY"] }, office)).toEqual({
      ...office,
      days: ["MONDAY", "TUESDAY"],
    });
    for (const wrong of [
      { timeZone: "Mars/North" },
      { from: "24:00" },
      { until: "08:00" },
      { until: "25:00" },
      { from: 8 },
      { days: ["Monday"] },
      { days: "MONDAY" },
    ])
      expect(readHours(wrong, office)).toBeNull();
  });
});
