import { describe, expect, test } from "vitest";
import type { OpeningHours } from "@/lib/ports/contact-centre";
import { openingAt } from "./opening";

const at = (time: string) => new Date(time);
const hours = (spans: [date: string, from: number, until: number][], timeZone = "UTC"): OpeningHours => ({
  timeZone,
  spans: spans.map(([date, from, until]) => ({ date, from: from * 60, until: until * 60 })),
});
const week = Array.from({ length: 9 }, (_, index) => `2026-11-${22 + index}`);

describe("when the contact centre is open", () => {
  const office = hours([
    ["2026-11-23", 8, 20],
    ["2026-11-24", 8, 20],
  ]);

  test.each([
    ["2026-11-23T07:59:59Z", { open: false, opensAt: at("2026-11-23T08:00:00Z") }],
    ["2026-11-23T08:00:00Z", { open: true, until: at("2026-11-23T20:00:00Z") }],
    ["2026-11-23T19:59:59Z", { open: true, until: at("2026-11-23T20:00:00Z") }],
    ["2026-11-23T20:00:00Z", { open: false, opensAt: at("2026-11-24T08:00:00Z") }],
    ["2026-11-24T21:00:00Z", { open: false, opensAt: null }],
  ])("at %s", (now, said) => {
    expect(openingAt(office, at(now))).toEqual(said);
  });

  test("its own wall clocks count, whatever the reader's", () => {
    const there = hours([["2026-11-23", 8, 20]], "America/New_York");
    expect(openingAt(there, at("2026-11-23T12:59:00Z"))).toEqual({
      open: false,
      opensAt: at("2026-11-23T13:00:00Z"),
    });
  });

  test("past midnight it is still open, and the next day's first hour is no second opening", () => {
    const night = hours([
      ["2026-11-23", 20, 28],
      ["2026-11-24", 4, 6],
    ]);
    expect(openingAt(night, at("2026-11-24T02:00:00Z"))).toEqual({
      open: true,
      until: at("2026-11-24T06:00:00Z"),
    });
  });

  test.each([
    ["0:00 to 0:00", 24],
    ["0:00 to 23:59", 24 - 1 / 60],
  ])("day after day from %s, it never closes", (_, until) => {
    const always = hours(week.map((date) => [date, 0, until]));
    expect(openingAt(always, at("2026-11-23T23:59:30Z"))).toEqual({ open: true, until: null });
  });

  test("on the day that clocks skip the hour it opens, it opens an hour later by the wall, and is not closed all day", () => {
    const spring = hours([["2026-03-08", 2.5, 20]], "America/New_York");
    expect(openingAt(spring, at("2026-03-08T12:00:00Z"))).toMatchObject({ open: true });
  });

  test("a zone or a date that is none opens nothing, and breaks nothing", () => {
    expect(openingAt(hours([["2026-11-23", 8, 20]], "Mars/North"), at("2026-11-23T10:00:00Z"))).toEqual({
      open: false,
      opensAt: null,
    });
    expect(openingAt(hours([["soon", 8, 20]]), at("2026-11-23T10:00:00Z")).open).toBe(false);
  });
});
