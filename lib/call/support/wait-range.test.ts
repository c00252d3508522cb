import { expect, test } from "vitest";
import { waitRange } from "./wait-range";

test("a wait is told as a range of minutes, and not at all where nobody knows", () => {
  expect(waitRange(20)).toEqual({ kind: "soon" });
  expect(waitRange(60)).toEqual({ kind: "range", from: 1, to: 2 });
  expect(waitRange(180)).toEqual({ kind: "range", from: 2, to: 5 });
  expect(waitRange(1_800)).toEqual({ kind: "range", from: 20, to: 30 });
  expect(waitRange(1_801)).toEqual({ kind: "long", from: 30 });
  for (const none of [null, undefined, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(waitRange(none)).toBeNull();
});
