import { expect, test } from "vitest";
import { describeTotal, settle } from "./tally";

const green = { part: "unit", passed: 3, failed: 0, skipped: 0, seconds: 1 };

test("a run whose tests are green but which crashed does not count as passed", () => {
  expect(settle(green, 1).failed).toBe(1);
  expect(settle(green, 0).failed).toBe(0);
});

test("the last line sums every part", () => {
  expect(describeTotal([green, { ...green, part: "db", failed: 2 }])).toBe("6 passed, 2 failed");
});
