import type { OpenCounter } from "@/lib/http/limit-store";
import { limitKeyOf } from "@/lib/http/origin";
import type { Origin } from "@/lib/kernel/actor";

/** Wrong keys. No number of guesses finds 256 bits, so a right key is never kept waiting for another program's mistake behind its address. */
export type KeyLimits = {
  /** Counts a wrong one. @returns null, or how long its sender should wait. */
  wrong(origin: Origin): Promise<{ retryAfterSeconds: number } | null>;
};

const wrongKeyRule = { name: "wrong-key", allowed: 20, perSeconds: 900 } as const;

export function openKeyLimits(deps: { counters: OpenCounter; hash: (text: string) => string }): KeyLimits {
  const counter = deps.counters(wrongKeyRule);
  return {
    async wrong(origin) {
      const waitMs = await counter.count(deps.hash(`key ${limitKeyOf(origin.ip)}`));
      return waitMs === null ? null : { retryAfterSeconds: Math.ceil(waitMs / 1000) };
    },
  };
}
