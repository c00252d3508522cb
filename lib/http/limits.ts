import type { Origin } from "@/lib/kernel/actor";
import type { GuessLimits } from "@/lib/limits/guess-limits";
import type { OpenCounter } from "./limit-store";
import { limitKeyOf } from "./origin";

/**
 * The arithmetic (seed-corrections.md): 32^8 codes and 100,000 of them live means one hit in 1.1e7 guesses. At 1,000 misses a day
 * in all, that takes 30 years. 20 misses in a quarter of an hour is more than any person makes with a link in hand.
 */
export const guessRules = {
  address: { name: "guess-address", allowed: 20, perSeconds: 900 },
  code: { name: "guess-code", allowed: 10, perSeconds: 900 },
  /** Above it, an address that has guessed wrong within a day waits; all others go on, so that three hosts cannot lock patients out. */
  everybodySoft: { name: "guess-all-hour", allowed: 60, perSeconds: 3600 },
  /** Above it everybody waits: the page then tells people to call the clinic. */
  everybodyHard: { name: "guess-all-day", allowed: 1000, perSeconds: 86_400 },
} as const;
const wrongWithinSeconds = 86_400;

/**
 * `check` costs no round trip: it asks this process's memory, which a miss fills from the shared counters. A guesser who turns to
 * another process gains one guess there before that one knows too.
 *
 * @param hash a keyed hash: what was guessed is stored nowhere.
 */
export function openGuessLimits(deps: {
  counters: OpenCounter;
  hash: (text: string) => string;
  now: () => number;
}): GuessLimits {
  const { counters, hash, now } = deps;
  const address = counters(guessRules.address);
  const code = counters(guessRules.code);
  const soft = counters(guessRules.everybodySoft);
  const hard = counters(guessRules.everybodyHard);
  const waits = new Waits(now);
  const addressKey = (origin: Origin) => hash(`address ${limitKeyOf(origin.ip)}`);
  const codeKey = (hint: string) => hash(`code ${hint}`);

  return {
    async check(origin, codeHint) {
      const from = addressKey(origin);
      const wait = Math.max(
        waits.of(from),
        codeHint ? waits.of(codeKey(codeHint)) : 0,
        waits.of("hard"),
        waits.of(`wrong ${from}`) > 0 ? waits.of("soft") : 0,
      );
      return wait > 0 ? { retryAfterSeconds: Math.ceil(wait / 1000) } : null;
    },
    async miss(origin, codeHint) {
      const from = addressKey(origin);
      waits.set(`wrong ${from}`, wrongWithinSeconds * 1000);
      const [byAddress, byCode, bySoft, byHard] = await Promise.all([
        address.count(from),
        // A bad signature brings no code, and no number of them finds a key: it counts against its sender alone.
        codeHint ? code.count(codeKey(codeHint)) : null,
        codeHint ? soft.count("all") : null,
        codeHint ? hard.count("all") : null,
      ]);
      if (byAddress !== null) waits.set(from, byAddress);
      if (byCode !== null) waits.set(codeKey(codeHint), byCode);
      if (bySoft !== null) waits.set("soft", bySoft);
      if (byHard !== null) waits.set("hard", byHard);
    },
  };
}

/** Who must wait until when. Bounded: at 20,000 names the oldest go first. */
class Waits {
  readonly #until = new Map<string, number>();
  constructor(readonly now: () => number) {}

  /** Milliseconds left; 0: none. */
  of(name: string): number {
    return Math.max(0, (this.#until.get(name) ?? 0) - this.now());
  }

  set(name: string, ms: number): void {
    this.#until.delete(name);
    this.#until.set(name, this.now() + ms);
    if (this.#until.size > 20_000) this.#until.delete(this.#until.keys().next().value ?? "");
  }
}
