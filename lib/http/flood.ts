import { memoryCounters } from "./limit-store";
import { isLoopback, limitKeyOf } from "./origin";

/** Requests per address and minute, for each kind of door. In memory: they protect this process, not a secret. */
export const allowedPerMinute = {
  look: 600,
  export: 20,
  change: 240,
  redeem: 240,
  signIn: 60,
  account: 30,
  probe: 120,
  events: 1_500,
} as const;
export type FloodClass = keyof typeof allowedPerMinute;

export type FloodLimits = {
  check(kind: FloodClass, ip: string): Promise<{ retryAfterSeconds: number } | null>;
};

/** @param trustLoopback on a laptop everybody is 127.0.0.1, the tests and the load generator included. */
export function openFloodLimits(trustLoopback: boolean): FloodLimits {
  const counters = Object.fromEntries(
    Object.entries(allowedPerMinute).map(([name, allowed]) => [
      name,
      memoryCounters({ name, allowed, perSeconds: 60 }),
    ]),
  );
  return {
    async check(kind, ip) {
      if (trustLoopback && isLoopback(ip)) return null;
      const waitMs = await counters[kind]!.count(limitKeyOf(ip));
      return waitMs === null ? null : { retryAfterSeconds: Math.ceil(waitMs / 1000) };
    },
  };
}
