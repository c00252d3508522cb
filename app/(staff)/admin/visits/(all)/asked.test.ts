import { describe, expect, test } from "vitest";
import { readAsked } from "./asked";
import { visitsHref } from "./visits-href";

const zone = "America/New_York";
const now = new Date("2026-11-02T03:30:00Z"); // still the first of November in New York, when clocks went back
const ask = (search: Parameters<typeof readAsked>[0]) => readAsked(search, { zone, now });
const instant = (text: string) => new Date(text);

describe("days that move", () => {
  test.each([
    ["today", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"],
    ["tomorrow", "2026-11-02T05:00:00Z", "2026-11-03T05:00:00Z"],
    // A Sunday: the last day of its week.
    ["week", "2026-10-26T04:00:00Z", "2026-11-02T05:00:00Z"],
    ["nextWeek", "2026-11-02T05:00:00Z", "2026-11-09T05:00:00Z"],
    ["month", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z"],
    ["next7", "2026-11-01T04:00:00Z", "2026-11-08T05:00:00Z"],
    ["past7", "2026-10-25T04:00:00Z", "2026-11-01T04:00:00Z"],
    ["past30", "2026-10-02T04:00:00Z", "2026-11-01T04:00:00Z"],
  ])("%s is the reader's own, whole, also when clocks change", (period, from, to) => {
    expect(ask({ period }).filter).toEqual({ from: instant(from), to: instant(to) });
  });

  test("are what counts, whatever days stand in the fields beside them", () => {
    const { typed, filter } = ask({ period: "today", from: "2020-01-01", to: "2020-01-02" });
    expect(typed).toMatchObject({ period: "today", from: "", to: "" });
    expect(filter.from).toEqual(instant("2026-11-01T04:00:00Z"));
  });

  test("an address that asks nothing means what is on from today, and an unknown one no days at all", () => {
    expect(ask({}).typed.period).toBe("on");
    expect(ask({}).filter).toEqual({ from: instant("2026-11-01T04:00:00Z") });
    expect(ask({ period: "someday" })).toMatchObject({ typed: { period: "" }, filter: {} });
  });
});

describe("columns", () => {
  const columns = (search: Parameters<typeof readAsked>[0]) => ask(search).typed.columns;
  test("are those whose boxes are checked; none is an answer too", () => {
    expect(columns({ pick: "columns", column: ["kind", "state"] })).toBe("state,kind");
    expect(columns({ pick: "columns", column: "link" })).toBe("link");
    expect(columns({ pick: "columns" })).toBe("none");
  });
  test("the usual ones need no word in the address", () => {
    expect(columns({ pick: "columns", column: ["clinician", "state", "link"] })).toBe("");
    expect(visitsHref(ask({ pick: "columns", column: ["clinician", "state", "link"] }).typed)).toBe(
      "/admin/visits",
    );
  });
  test("stay in the address of the next page", () => {
    const { typed } = ask({ pick: "columns", column: "place", period: "past30" });
    expect(visitsHref(typed, { cursor: "x" })).toBe("/admin/visits?period=past30&columns=place&cursor=x");
  });
});
