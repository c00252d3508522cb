import { describe, expect, test } from "vitest";
import { type FloodClass, openFloodLimits } from "./flood";

/** How many of `knocks` knocks from this address are let through. */
async function passed(
  limits: ReturnType<typeof openFloodLimits>,
  kind: FloodClass,
  addresses: readonly string[],
  knocks: number,
): Promise<number> {
  let count = 0;
  for (let knock = 0; knock < knocks; knock++)
    if ((await limits.check(kind, addresses[knock % addresses.length]!)) === null) count += 1;
  return count;
}

describe("a flood", () => {
  test("stops at each kind of door's own number, and is told how long to wait", async () => {
    const limits = openFloodLimits(false);
    for (const [kind, allowed] of [
      ["look", 600],
      ["change", 240],
      ["redeem", 240],
      ["signIn", 60],
      ["probe", 120],
      ["events", 1_500],
    ] as const) {
      expect(await passed(limits, kind, ["203.0.113.9"], allowed + 5), kind).toBe(allowed);
      const refused = await limits.check(kind, "203.0.113.9");
      expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
      expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(60);
    }
  });

  test("holds up nobody else", async () => {
    const limits = openFloodLimits(false);
    await passed(limits, "signIn", ["203.0.113.9"], 100);
    expect(await limits.check("signIn", "203.0.113.10")).toBeNull();
  });

  test("gains nothing from the many addresses of one household's IPv6 network", async () => {
    const limits = openFloodLimits(false);
    const addresses = Array.from({ length: 50 }, (_, host) => `2001:db8:1:2::${(host + 1).toString(16)}`);
    expect(await passed(limits, "signIn", addresses, 100)).toBe(60);
    expect(await limits.check("signIn", "2001:db8:1:3::1")).toBeNull();
  });

  test("that names no address counts as one caller", async () => {
    expect(await passed(openFloodLimits(false), "signIn", ["unknown"], 100)).toBe(60);
  });
});

describe("on a laptop, where everybody is 127.0.0.1,", () => {
  test("the machine itself is let through, and whoever comes from outside is not", async () => {
    const limits = openFloodLimits(true);
    expect(await passed(limits, "signIn", ["127.0.0.1", "::1"], 500)).toBe(500);
    expect(await passed(limits, "signIn", ["192.0.2.7"], 100)).toBe(60);
  });

  test("but with the real cloud 127.0.0.1 is an address like any other", async () => {
    expect(await passed(openFloodLimits(false), "signIn", ["127.0.0.1"], 100)).toBe(60);
  });
});
