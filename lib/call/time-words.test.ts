import { expect, test } from "vitest";
import { clockTime, dayOf, minutesOf, phoneWords, shortTimer, timer, zoneName } from "./time-words";

const at = new Date("2026-11-21T19:50:00Z");

test("a time is said in the reader's zone, which is named once", () => {
  expect(clockTime(at, "America/New_York").replace("\u00a0", " ")).toBe("2:50 PM");
  expect(clockTime(at, "America/Los_Angeles").replace("\u00a0", " ")).toBe("11:50 AM");
  expect(zoneName(at, "America/New_York")).toBe("Eastern Time");
});

test("today and tomorrow are the reader's days, not the server's", () => {
  const late = new Date("2026-11-22T03:30:00Z");
  expect(dayOf(late, at, "America/New_York")).toEqual({ kind: "today" });
  expect(dayOf(late, at, "UTC")).toEqual({ kind: "tomorrow" });
  expect(dayOf(new Date("2026-11-25T15:00:00Z"), at, "America/New_York")).toEqual({
    kind: "other",
    name: "Wednesday, November 25",
  });
});

test("tomorrow is right on the night when clocks change", () => {
  const before = new Date("2026-11-01T04:30:00Z"); // half past midnight in New York, 25 hours before the next
  expect(dayOf(new Date("2026-11-02T15:00:00Z"), before, "America/New_York")).toEqual({ kind: "tomorrow" });
});

test("timers", () => {
  expect([0, 252_000, 3_852_000].map(timer)).toEqual(["00:00", "04:12", "1:04:12"]);
  expect([6_000, 72_000, -5].map(shortTimer)).toEqual(["0:06", "1:12", "0:00"]);
  expect([10_000, 22 * 60_000].map(minutesOf)).toEqual([1, 22]);
});

test("a telephone number is written as people read it", () => {
  expect([phoneWords("+15550100199"), phoneWords("+442079460000")]).toEqual([
    "(555) 010-0199",
    "+442079460000",
  ]);
});
