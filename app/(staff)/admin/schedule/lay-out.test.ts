import { describe, expect, test } from "vitest";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";
import { addDays, dayBegins, dayOr, weekOf } from "./days";
import { hoursOf, layOut } from "./lay-out";

const zone = "America/New_York";
/** By New York's winter clock. */
const at = (clock: string, durationMinutes = 30): ScheduledEntry => ({
  visitId: clock,
  scheduledAt: new Date(`2026-11-23T${clock}:00-05:00`).toISOString(),
  durationMinutes,
  status: "SCHEDULED",
  patientId: "p",
  patient: "Walter Greene",
  clinicianId: "c",
  clinician: "Dr. Jane",
  repeats: false,
});
const placed = (...entries: ScheduledEntry[]) =>
  layOut(entries, { zone, fromHour: 7, toHour: 19 }).map(
    ({ row, rows, lane, lanes }) => `${row}+${rows} ${lane}/${lanes}`,
  );

describe("a visit in the grid", () => {
  test("stands at its time and is as long as it is", () => {
    expect(placed(at("07:00"), at("09:15", 15), at("10:00", 60))).toEqual([
      "1+2 1/1",
      "10+1 1/1",
      "13+4 1/1",
    ]);
  });
  test("that begins between two rows touches both", () => {
    expect(placed(at("09:10", 15))).toEqual(["9+2 1/1"]);
  });
  test("overlapping others stands beside them; those after it have the whole width again", () => {
    expect(placed(at("09:00"), at("09:15"), at("09:30"), at("11:00"))).toEqual([
      "9+2 1/2",
      "10+2 2/2",
      "11+2 1/2",
      "17+2 1/1",
    ]);
  });
  test("never leaves the grid, however many overlap", () => {
    const five = ["09:00", "09:01", "09:02", "09:03", "09:04"].map((clock) => at(clock));
    expect(placed(...five).map((one) => one.slice(-3))).toEqual(["1/4", "2/4", "3/4", "4/4", "4/4"]);
    expect(placed(at("18:45", 60))).toEqual(["48+1 1/1"]);
  });
});

test("the grid grows by the hours that are needed, and no visit is hidden", () => {
  expect(hoursOf([], zone)).toEqual({ fromHour: 7, toHour: 19 });
  expect(hoursOf([at("05:45"), at("20:30")], zone)).toEqual({ fromHour: 5, toHour: 21 });
  expect(hoursOf([at("23:45")], zone)).toEqual({ fromHour: 7, toHour: 24 });
});

describe("days", () => {
  test("a week begins on its Monday, over months and years", () => {
    expect(weekOf("2027-01-03")[0]).toBe("2026-12-28");
    expect(weekOf("2026-11-23")).toHaveLength(7);
    expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  });
  test("an address that names no day means today", () => {
    for (const wrong of ["", "2026-02-30", "tomorrow", "2026-1-1"])
      expect(dayOr(wrong, "2026-11-22")).toBe("2026-11-22");
    expect(dayOr("2028-02-29", "2026-11-22")).toBe("2028-02-29");
  });
  test("a day has 23 or 25 hours where clocks change, and begins at one where they skip midnight", () => {
    const hours = (day: string, where: string) =>
      (dayBegins(addDays(day, 1), where).getTime() - dayBegins(day, where).getTime()) / 3_600_000;
    expect(hours("2026-03-08", zone)).toBe(23);
    expect(hours("2026-11-01", zone)).toBe(25);
    expect(dayBegins("2026-09-06", "America/Santiago").toISOString()).toBe("2026-09-06T04:00:00.000Z");
  });
});
