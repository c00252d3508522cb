import { beforeEach, describe, expect, test } from "vitest";
import type { GuessLimits } from "@/lib/limits/guess-limits";
import { type Counter, memoryCounters, type OpenCounter } from "./limit-store";
import { guessRules, openGuessLimits } from "./limits";

const from = (ip: string) => ({ ip, userAgent: "test" });
const open = (counters: OpenCounter, now = () => Date.now()) =>
  openGuessLimits({ counters, hash: (text) => text, now });

/** Counters that several processes share. */
function sharedCounters(): OpenCounter {
  const known = new Map<string, Counter>();
  return (rule) => {
    const counter = known.get(rule.name) ?? memoryCounters(rule);
    known.set(rule.name, counter);
    return counter;
  };
}

let limits: GuessLimits;
beforeEach(() => {
  limits = open(memoryCounters);
});

async function miss(limits: GuessLimits, ip: string, times: number, code = (n: number) => `c${n}`) {
  for (let n = 0; n < times; n++) await limits.miss(from(ip), code(n));
}

describe("guessing codes", () => {
  test("a person who mistypes a few times still gets in", async () => {
    await miss(limits, "203.0.113.1", guessRules.address.allowed);
    expect(await limits.check(from("203.0.113.1"), "right")).toBeNull();
  });

  test("one address waits after its share of wrong ones, even with a right one; its neighbour doesn't", async () => {
    await miss(limits, "203.0.113.1", guessRules.address.allowed + 1);
    const refused = await limits.check(from("203.0.113.1"), "right");
    expect(refused?.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(guessRules.address.perSeconds);
    expect(await limits.check(from("203.0.113.2"), "right")).toBeNull();
  });

  test("another address of the same IPv6 network is the same guesser", async () => {
    for (let n = 0; n <= guessRules.address.allowed; n++)
      await limits.miss(from(`2001:db8::${n + 1}`), `c${n}`);
    expect(await limits.check(from("2001:db8::ffff"), "right")).not.toBeNull();
  });

  test("one code that many ask for waits, for everybody", async () => {
    for (let n = 0; n <= guessRules.code.allowed; n++) await limits.miss(from(`198.51.100.${n}`), "popular");
    expect(await limits.check(from("203.0.113.77"), "popular")).not.toBeNull();
    expect(await limits.check(from("203.0.113.77"), "other")).toBeNull();
  });

  test("many addresses together: those that guessed wrong wait, those that never did go on", async () => {
    for (let n = 0; n <= guessRules.everybodySoft.allowed; n++)
      await limits.miss(from(`198.51.100.${n}`), `c${n}`);
    expect(await limits.check(from("198.51.100.3"), "right")).not.toBeNull();
    expect(await limits.check(from("203.0.113.77"), "right")).toBeNull();
  });

  test("a thousand wrong ones in a day, from wherever: everybody waits", async () => {
    for (let n = 0; n <= guessRules.everybodyHard.allowed; n++)
      await limits.miss(from(`10.${n >> 8}.${n & 255}.1`), `c${n}`);
    expect(await limits.check(from("203.0.113.77"), "right")).not.toBeNull();
  });

  test("at the day's limit, one of 100,000 live codes takes more than 25 years", () => {
    const guessesNeeded = 32 ** 8 / 100_000;
    expect(guessesNeeded / guessRules.everybodyHard.allowed / 365).toBeGreaterThan(25);
  });

  test("bad signatures slow their sender alone", async () => {
    await miss(limits, "203.0.113.1", guessRules.everybodyHard.allowed + 1, () => "");
    expect(await limits.check(from("203.0.113.1"), "")).not.toBeNull();
    expect(await limits.check(from("203.0.113.2"), "right")).toBeNull();
  });

  test("a guesser who turns to another process gains one guess there", async () => {
    const shared = sharedCounters();
    const [here, there] = [open(shared), open(shared)];
    await miss(here, "203.0.113.1", guessRules.address.allowed + 1);
    expect(await there.check(from("203.0.113.1"), "x")).toBeNull();
    await there.miss(from("203.0.113.1"), "x");
    expect(await there.check(from("203.0.113.1"), "x")).not.toBeNull();
  });

  test("who has waited may go on", async () => {
    let now = 1_000_000;
    limits = open(memoryCounters, () => now);
    await miss(limits, "203.0.113.1", guessRules.address.allowed + 1);
    const wait = (await limits.check(from("203.0.113.1"), "x"))?.retryAfterSeconds ?? 0;
    now += wait * 1000;
    expect(await limits.check(from("203.0.113.1"), "x")).toBeNull();
  });
});
