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
/** 429 with Retry-After. */
export type GuessLimited = { code: "GUESS_LIMITED"; retryAfterSeconds: number };
/** A use case that a guesser could call. */
export type Guarded = { guessLimits: GuessLimits };

export async function guardGuess(
  deps: Guarded,
  origin: Origin,
  codeHint: string,
): Promise<GuessLimited | null> {
  const wait = await deps.guessLimits.check(origin, codeHint);
  return wait && { code: "GUESS_LIMITED", retryAfterSeconds: wait.retryAfterSeconds };
}

/** Counts what looks like a guess, and nothing else. */
export async function noteMiss(
  deps: Guarded,
  origin: Origin,
  codeHint: string,
  refusal: string,
): Promise<void> {
  if (refusal === "CODE_UNKNOWN" || refusal === "TOKEN_INVALID")
    await deps.guessLimits.miss(origin, codeHint);
}
