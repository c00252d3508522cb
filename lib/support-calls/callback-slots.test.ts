import { describe, expect, test } from "vitest";
import type { OpeningHours } from "@/lib/ports/contact-centre";
import { callbackSlots } from "./callback-slots";

const hours = (spans: [date: string, from: number, until: number][], timeZone = "UTC"): OpeningHours => ({
  timeZone,
  spans: spans.map(([date, from, until]) => ({ date, from, until })),
});
const starts = (...asked: Parameters<typeof callbackSlots>) =>
  callbackSlots(...asked).map(({ from }) => from.toISOString().slice(0, 16));
const now = new Date("2026-11-23T15:20:00Z"); // 10:20 in New York

describe("the hours in which a customer can be called back", () => {
  test("begin at the full hour, an hour from now at the soonest, and end with the opening hours", () => {
    expect(starts(hours([["2026-11-23", 9 * 60, 19 * 60]]), now, "America/New_York")).toEqual([
      "2026-11-23T17:00",
      "2026-11-23T18:00",
    ]);
  });

  test("are by day where the customer is, however long the contact centre is open", () => {
    const always = hours(["23", "24", "25", "26", "27"].map((day) => [`2026-11-${day}`, 0, 24 * 60]));
    const walls = callbackSlots(always, now, "Asia/Kolkata").map(({ from }) =>
      new Intl.DateTimeFormat("en-GB", {
        timeZone: "Asia/Kolkata",
        hour: "2-digit",
        minute: "2-digit",
      }).format(from),
    );
    // It is 20:50 there: nothing is left of this day.
    expect(new Set(walls).size).toBe(13);
    expect(walls[0]).toBe("08:00");
    expect(walls[12]).toBe("20:00");
    expect(walls).toHaveLength(3 * 13);
  });

  test("are none while nobody knows when agents are there, or they never are", () => {
    expect(callbackSlots(null, now, "UTC")).toEqual([]);
    expect(callbackSlots(hours([]), now, "UTC")).toEqual([]);
  });
});
