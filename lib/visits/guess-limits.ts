import type { Origin } from "@/lib/kernel/actor";

/**
 * Slows whoever guesses codes: per address, per code, and in all (`lib/http/limits.ts` implements it).
 * Only unknown codes and bad signatures count; a used or expired link does not.
 */
export type GuessLimits = {
  /** Null: go on. Otherwise how long this origin must wait. */
  check(origin: Origin, codeHint: string): Promise<{ retryAfterSeconds: number } | null>;
  miss(origin: Origin, codeHint: string): Promise<void>;
};
