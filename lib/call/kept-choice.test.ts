import { expect, test } from "vitest";
import { keptChoice } from "./kept-choice";

function storage(kept: Record<string, string> = {}) {
  return {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
  };
}

test("a sound that was turned off stays off at the next visit", () => {
  const place = storage();
  keptChoice(() => place, "knock", true).remember(false);
  expect(keptChoice(() => place, "knock", true).recall()).toBe(false);
});

test("whatever else is found there counts as nothing", () => {
  expect(keptChoice(() => storage({ "vouchsafe.knock": "maybe" }), "knock", true).recall()).toBe(true);
});

test("a browser that forbids storage forgets, and works", () => {
  const forbidden = keptChoice(
    () => {
      throw new DOMException("denied", "SecurityError");
    },
    "knock",
    true,
  );
  forbidden.remember(false);
  expect(forbidden.recall()).toBe(true);
});
