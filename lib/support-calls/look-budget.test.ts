import { expect, test } from "vitest";
import { openLookBudget } from "./look-budget";

test("however many callers ask, the contact centre is asked three times at once and twice a second", () => {
  const mayLook = openLookBudget();
  const asked = (atMs: number) => Array.from({ length: 20 }, () => mayLook(atMs)).filter(Boolean).length;
  expect(asked(1_000)).toBe(3);
  expect(asked(1_400)).toBe(0);
  expect(asked(2_000)).toBe(2);
  expect(asked(60_000)).toBe(3);
  // A clock that goes back gives nothing away.
  expect(asked(50_000)).toBe(0);
});
