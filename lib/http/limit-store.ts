import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimitStore } from "@/db/as-actor";

/** Counts things by key within a time that starts at the first one. */
export type Counter = {
  /** Counts one. @returns milliseconds to wait if that was more than allowed, else null. */
  count(key: string): Promise<number | null>;
  /** Milliseconds to wait if as many as allowed were counted, else null. Counts nothing. */
  full(key: string): Promise<number | null>;
  forget(key: string): Promise<void>;
};
export type OpenCounter = (rule: { name: string; allowed: number; perSeconds: number }) => Counter;

/** Counters in Postgres, shared by every process; in this process's memory while Postgres cannot be asked. */
export function postgresCounters(storeClient: RateLimitStore): OpenCounter {
  return ({ name, allowed, perSeconds }) => {
    const insuranceLimiter = new RateLimiterMemory({
      keyPrefix: name,
      points: allowed,
      duration: perSeconds,
    });
    return counterOf(
      new RateLimiterPostgres({
        storeClient,
        storeType: "client",
        tableName: "rate_limits",
        tableCreated: true,
        keyPrefix: name,
        points: allowed,
        duration: perSeconds,
        insuranceLimiter,
      }),
      allowed,
    );
  };
}

/** For tests, and for limits that need not outlive the process. */
export const memoryCounters: OpenCounter = ({ name, allowed, perSeconds }) =>
  counterOf(new RateLimiterMemory({ keyPrefix: name, points: allowed, duration: perSeconds }), allowed);

function counterOf(limiter: RateLimiterMemory | RateLimiterPostgres, allowed: number): Counter {
  return {
    count: async (key) => {
      try {
        await limiter.consume(key);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return refused.msBeforeNext;
        throw refused;
      }
    },
    full: async (key) => {
      const seen = await limiter.get(key);
      return seen !== null && seen.consumedPoints >= allowed ? seen.msBeforeNext : null;
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}
