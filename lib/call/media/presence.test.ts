import { expect, test } from "vitest";
import { presenceOf } from "./presence";

test("somebody here outweighs somebody cut off, who outweighs everybody gone", () => {
  expect(presenceOf([])).toBe("nobody");
  expect(presenceOf(["gone"])).toBe("nobody");
  expect(presenceOf(["gone", "dropped"])).toBe("dropped");
  expect(presenceOf(["dropped", "here"])).toBe("here");
});
