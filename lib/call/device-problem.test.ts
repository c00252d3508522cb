import { expect, test } from "vitest";
import { problemOf } from "./device-problem";

test.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "none"],
  ["OverconstrainedError", "none"],
  ["NotReadableError", "in-use"],
  ["AbortError", "in-use"],
  ["TypeError", "failed"],
] as const)("%s is told as %s", (name, problem) => {
  expect(problemOf(new DOMException("", name))).toBe(problem);
});

test("a device whose own settings say no is not blamed on the browser", () => {
  expect(problemOf(new DOMException("Permission denied by system", "NotAllowedError"))).toBe("system");
  expect(problemOf(new DOMException("Permission denied", "NotAllowedError"))).toBe("refused");
});
