import { describe, expect, test } from "vitest";
import { describeMeasured, median, passes, percentile } from "./report";

describe("a figure beside its limit", () => {
  test("is passed or missed by what it says", () => {
    const slow = { name: "join", ours: 160, limit: 150, unit: "kB" };
    expect(passes(slow)).toBe(false);
    expect(describeMeasured(slow)).toBe("SHORT by 10 kB join: 160 kB, limit 150 kB");
    expect(passes({ ...slow, higherIsBetter: true })).toBe(true);
  });

  test("quotes medians and tails as everybody does", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
    expect(percentile([7], 0.99)).toBe(7);
  });
});
