import { describe, expect, test } from "vitest";
import { instantOf, timeWithOffset, wallTime } from "./wall-time";

const at = (wall: string, zone: string) => instantOf(wall, zone)?.toISOString() ?? null;

describe("a time on the wall", () => {
  test("is the instant that the zone's clocks show it, summer and winter", () => {
    expect(at("2026-11-23T15:00", "America/New_York")).toBe("2026-11-23T20:00:00.000Z");
    expect(at("2026-07-01T15:00", "America/New_York")).toBe("2026-07-01T19:00:00.000Z");
    expect(at("2026-11-23T15:00", "Asia/Kathmandu")).toBe("2026-11-23T09:15:00.000Z");
    expect(at("2026-11-23T01:00", "Pacific/Kiritimati")).toBe("2026-11-22T11:00:00.000Z");
  });

  test.each([
    ["America/New_York", "2026-11-23T15:00:07-05:00"],
    ["America/St_Johns", "2026-11-23T16:30:07-03:30"],
    ["Asia/Kathmandu", "2026-11-24T01:45:07+05:45"],
    ["UTC", "2026-11-23T20:00:07+00:00"],
  ])("in %s says how far from UTC it is, and is the same instant", (zone, written) => {
    const instant = new Date("2026-11-23T20:00:07Z");
    expect(timeWithOffset(instant, zone)).toBe(written);
    expect(new Date(written)).toEqual(instant);
  });

  test("that the clocks skip is nobody's appointment", () => {
    expect(at("2026-03-08T02:30", "America/New_York")).toBeNull();
  });

  test("that happens twice is the first", () => {
    expect(at("2026-11-01T01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
  });

  test("in no such zone, or no such form, is nothing", () => {
    expect(at("2026-11-23T15:00", "Mars/Olympus")).toBeNull();
    expect(at("tomorrow", "America/New_York")).toBeNull();
    expect(at("2026-13-40T15:00", "America/New_York")).toBeNull();
  });

  test("goes there and back", () => {
    for (const zone of ["America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe"]) {
      const wall = "2026-05-17T08:05";
      expect(wallTime(instantOf(wall, zone)!, zone)).toBe(wall);
    }
  });
});
