import { setTimeout as delay } from "node:timers/promises";

/** Capped exponential back-off with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). Milliseconds. */
export function backoffMs(
  attempt: number,
  baseMs = 100,
  capMs = 2_000,
  random: () => number = Math.random,
): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** attempt));
}

/**
 * Repeats `work` while it says that trying again may help. Gives up after `attempts`, or when the next wait would pass `budgetMs`.
 * Only for idempotent work: each try must carry the same client token.
 */
export async function retrying<T>(
  work: (attempt: number) => Promise<T>,
  again: (value: T) => boolean,
  { attempts = 4, budgetMs = 6_000, baseMs = 100 } = {},
): Promise<T> {
  const startedAt = performance.now();
  for (let attempt = 0; ; attempt++) {
    const value = await work(attempt);
    if (!again(value) || attempt + 1 >= attempts) return value;
    const wait = backoffMs(attempt + 1, baseMs);
    if (performance.now() - startedAt + wait > budgetMs) return value;
    await delay(wait);
  }
}
