import { describe, expect, test } from "vitest";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";
import { addDays, dayBegins, dayOr, weekOf } from "./days";
import { hoursOf, layOut, placeClasses } from "./lay-out";

const zone = "America/New_York";
/** By New York's winter clock. */
const at = (clock: string, durationMinutes = 30): ScheduledEntry => ({
  visitId: clock,
  scheduledAt: new Date(`2026-11-23T${clock}:00-05:00`).toISOString(),
  durationMinutes,
  status: "SCHEDULED",
  patientId: "p",
  patient: "Walter Greene",
  patientZone: "America/New_York",
  clinicianId: "c",
  clinician: "Dr. Jane",
  repeats: false,
});
const placed = (...entries: ScheduledEntry[]) =>
  layOut(entries, { zone, fromHour: 7, toHour: 19 }).map(
    ({ minute, minutes, lane, lanes }) => `${minute}+${minutes} ${lane}/${lanes}`,
  );

describe("a visit in the grid", () => {
  test("stands at its time to the minute and is as long as it is", () => {
    expect(placed(at("07:00"), at("09:07", 25), at("10:00", 60))).toEqual([
      "0+30 1/1",
      "127+25 1/1",
      "180+60 1/1",
    ]);
    expect(placeClasses(127, 85)).toBe("h2 m7 x1 y25");
  });
  test("overlapping others stands beside them; those after it have the whole width again", () => {
    expect(placed(at("09:00"), at("09:15"), at("09:30"), at("11:00"))).toEqual([
      "120+30 1/2",
      "135+30 2/2",
      "150+30 1/2",
      "240+30 1/1",
    ]);
    // One that begins the minute another ends stands below it.
    expect(placed(at("10:07", 25), at("10:32", 10))).toEqual(["187+25 1/1", "212+15 1/1"]);
  });
  test("is never drawn too short for its words, nor over the next", () => {
    expect(placed(at("09:00", 5), at("09:07", 5))).toEqual(["120+15 1/2", "127+15 2/2"]);
  });
  test("has a place of its own, however many overlap, and ends with the grid", () => {
    const ten = Array.from({ length: 10 }, (_, index) => at(`09:0${index}`));
    expect(new Set(placed(...ten).map((one) => one.split(" ")[1])).size).toBe(10);
    expect(placed(at("18:40", 60))).toEqual(["700+20 1/1"]);
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
