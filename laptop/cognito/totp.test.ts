import fc from "fast-check";
import { expect, test } from "vitest";
import { fromBase32, matchingStep, newTotpSecret, toBase32, totpAt } from "./totp";

// RFC 6238, appendix B, SHA-1: the key is the ASCII "12345678901234567890"; six of its eight digits.
const rfcSecret = toBase32(Buffer.from("12345678901234567890"));

test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
  [20000000000, "353130"],
])("RFC 6238: at %d s the code is %s", (seconds, code) => {
  expect(totpAt(rfcSecret, Math.floor(seconds / 30))).toBe(code);
});

test("a code is good one step early and one late, and never twice", () => {
  const secret = newTotpSecret();
  const now = 1_800_000_000_000;
  const step = now / 30_000;
  for (const off of [-1, 0, 1])
    expect(matchingStep(secret, totpAt(secret, step + off), now, -1)).toBe(step + off);
  for (const off of [-2, 2]) expect(matchingStep(secret, totpAt(secret, step + off), now, -1)).toBeNull();
  expect(matchingStep(secret, totpAt(secret, step), now, step)).toBeNull();
});

test("what is no code is refused", () => {
  for (const text of ["", "12345", "1234567", "12345a", "１２３４５６"])
    expect(matchingStep(rfcSecret, text, 59_000, -1)).toBeNull();
});

test("base32 gives back what it was given", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 64 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(Buffer.from(bytes));
    }),
  );
  expect(toBase32(Buffer.from("foobar"))).toBe("MZXW6YTBOI"); // RFC 4648 §10
});
