import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAttributes, readEmail } from "./attributes";
import { passwordLock, slidingLimit } from "./limits";
import { readFilter } from "./operations/list-users";
import { openPage } from "./page";
import { checkPolicy, temporaryPassword } from "./password";
import { CognitoRefusal } from "./refuse";
import type { User } from "./state";

const user: User = {
  sub: "64e8d478-5031-7056-0a8d-0123456789ab",
  email: "ann@example.com",
  emailVerified: true,
  attributes: { given_name: 'A "n" n' },
  status: "CONFIRMED",
  enabled: true,
  groups: [],
  password: { salt: "", hash: "", srpSalt: "", verifier: "" },
  codes: {},
  createdAt: 0,
  modifiedAt: 0,
};

/** Whatever is typed is read or refused in the vendor's words, never a fault. */
const readsOrRefuses = (read: (text: string) => unknown) =>
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: "binary" })), (text) => {
      try {
        read(text);
      } catch (cause) {
        expect(cause).toBeInstanceOf(CognitoRefusal);
      }
    }),
  );

describe("a filter", () => {
  test.each<[string, boolean]>([
    ['email = "ann@example.com"', true],
    ['email="ANN@EXAMPLE.COM"', true],
    ['"email" ^= "ann"', true],
    ['email ^= "nn"', false],
    ['given_name = "A \\"n\\" n"', true],
    ['status = "Enabled"', true],
    ['cognito:user_status = "UNCONFIRMED"', false],
    ['family_name = "x"', false],
    ["", true],
  ])("%s", (filter, matches) => {
    expect(readFilter(filter)(user)).toBe(matches);
  });

  test("anything else is refused, never a fault", () => {
    readsOrRefuses((text) => readFilter(text)(user));
    expect(() => readFilter('constructor = "x"')).toThrow(CognitoRefusal);
  });
});

test("an address or an attribute is read or refused", () => {
  readsOrRefuses(readEmail);
  readsOrRefuses((text) => readAttributes([{ Name: text, Value: text }]));
  expect(readAttributes([{ Name: "custom:a", Value: "1" }]).attributes).toEqual({ "custom:a": "1" });
  expect(() => readAttributes([{ Name: "__proto__", Value: "1" }])).toThrow(CognitoRefusal);
  expect(() => readAttributes([{ Name: "sub", Value: "1" }])).toThrow(CognitoRefusal);
});

test("pages show everybody once", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      (all, limit) => {
        const seen: string[] = [];
        let next: string | undefined;
        do {
          const page = openPage(all, (item) => item, limit, next);
          seen.push(...page.items);
          next = page.next ?? undefined;
        } while (next);
        expect(seen).toEqual(all);
      },
    ),
  );
});

test("a temporary password meets the policy it is under", () => {
  for (let round = 0; round < 100; round++) checkPolicy(temporaryPassword());
});

test("a sliding limit lets go hit by hit", () => {
  let now = 0;
  const limit = slidingLimit(2, 1000, () => now);
  limit.hit("a");
  now = 600;
  limit.hit("a");
  expect([limit.reached("a"), limit.reached("b")]).toEqual([true, false]);
  now = 1000;
  expect(limit.reached("a")).toBe(false);
});

test("the lock doubles from one second to fifteen minutes, and a success opens it", () => {
  let now = 0;
  const lock = passwordLock(() => now);
  const waitMs = () => {
    for (let wait = 0; ; wait += 1000) {
      try {
        now += wait && 1000;
        lock.check("a");
        return wait;
      } catch {
        if (wait > 2_000_000) throw new Error("locked for ever");
      }
    }
  };
  const waits = Array.from({ length: 16 }, () => {
    lock.failed("a");
    return waitMs() / 1000;
  });
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  lock.succeeded("a");
  lock.failed("a");
  expect(waitMs()).toBe(0);
});
