import { expect, test } from "vitest";
import { describeFailures, describeTotal, failureLine, settle, together } from "./tally";

const green = { part: "unit", passed: 3, failed: 0, skipped: 0, seconds: 1, failures: [] };

test("a run whose tests are green but which crashed does not count as passed", () => {
  expect(settle(green, 1).failed).toBe(1);
  expect(settle(green, 0).failed).toBe(0);
});

test("two runs of a part count as one, and a filter that fits nothing is no success", () => {
  expect(together("e2e", [green, { ...green, failed: 1, failures: ["x"] }])).toMatchObject({
    part: "e2e",
    passed: 6,
    failed: 1,
    failures: ["x"],
  });
  expect(together("e2e", [{ ...green, passed: 0 }])).toMatchObject({ failed: 1, failures: ["no test fits"] });
});

test("the last line sums every part", () => {
  expect(describeTotal([green, { ...green, part: "db", failed: 2 }])).toBe("6 passed, 2 failed");
});

test("the end of a long run names what failed, and why", () => {
  const line = failureLine(
    "lib/x.test.ts › keeps its promise",
    "\u001b[31mError: it did not\u001b[39m\n    at somewhere",
  );
  const red = { ...green, part: "db", failed: 1, failures: [line] };
  expect(describeFailures([green, red])).toBe(
    "\nFAILED db: lib/x.test.ts › keeps its promise: Error: it did not\n",
  );
  expect(describeFailures([green])).toBe("");
});
