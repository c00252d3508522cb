import fc from "fast-check";
import { expect, test } from "vitest";
import { newCode, readCode } from "./code";

test("every code that we make is read back as itself, in capitals too", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 12 }), (length) => {
      const code = newCode(length);
      expect(code).toHaveLength(length);
      expect(readCode(code)).toBe(code);
      expect(readCode(code.toUpperCase())).toBe(code);
    }),
    { numRuns: 10_000 },
  );
});

test("whoever types O for 0, or I or L for 1, still reaches their visit", () => {
  expect(readCode("oO0iIlL1")).toBe("00011111");
});

test("nothing else is forgiven", () => {
  for (const typed of [
    "",
    "a1b2c3d",
    "a1b2c3d4e5f6g",
    "a1b2 c3d4",
    "a1b2-c3d4",
    "a1b2c3du",
    "a1b2c3d4\n",
    "a1b2c3d\u212a",
    "а1b2c3d4",
  ])
    expect(readCode(typed), JSON.stringify(typed)).toBeNull();
});

test("no text makes the reader throw or give anything but a code of ours", () => {
  const near = fc.string({
    unit: fc.constantFrom(..."0123456789abcdefghijklmnopqrstuvwxyzABCILOUKſK -"),
    minLength: 6,
    maxLength: 14,
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), near), (typed) => {
      const code = readCode(typed);
      if (code === null) return;
      expect(code).toMatch(/^[0-9abcdefghjkmnpqrstvwxyz]{8,12}$/);
      expect(readCode(code)).toBe(code);
    }),
    { numRuns: 10_000 },
  );
});

test("all 32 characters come up about equally often, so a code has its 40 bits", () => {
  const counts = new Map<string, number>();
  for (const letter of Array.from({ length: 4_000 }, () => newCode(8)).join(""))
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(32);
  // 32,000 letters: 1,000 each, standard deviation 31. Eight deviations either way.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(250);
});
