/** So many in so long. */
type Allowance = { allowed: number; perMs: number };

/** @param times of what was done within the last `perMs`, oldest first. @returns seconds until it may be done once more; 0: now. */
export function waitOf(times: readonly Date[], { allowed, perMs }: Allowance, now: Date): number {
  const freed = times.length < allowed ? undefined : times[times.length - allowed];
  return freed ? Math.max(1, Math.ceil((freed.getTime() + perMs - now.getTime()) / 1000)) : 0;
}
