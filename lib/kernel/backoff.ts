/** Capped exponential back-off with full jitter (AWS Architecture Blog, "Exponential Backoff And Jitter"). Milliseconds. */
export function backoffMs(
  attempt: number,
  baseMs = 100,
  capMs = 2_000,
  random: () => number = Math.random,
): number {
  return Math.floor(random() * Math.min(capMs, baseMs * 2 ** attempt));
}
