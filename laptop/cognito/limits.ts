import { notAuthorized } from "./refuse";

/** At most `max` hits for a key in any `windowMs`. In memory: a restart forgives. */
export function slidingLimit(max: number, windowMs: number, now: () => number) {
  const hits = new Map<string, number[]>();
  const recent = (key: string) => (hits.get(key) ?? []).filter((at) => at > now() - windowMs);
  return {
    reached: (key: string) => recent(key).length >= max,
    hit(key: string) {
      hits.set(key, [...recent(key), now()]);
      forgetOldest(hits);
    },
  };
}
export type SlidingLimit = ReturnType<typeof slidingLimit>;

const freeTries = 5;
const longestLockMs = 15 * 60_000;

/**
 * The vendor's lock-out for wrong passwords: five free tries, then a wait of one second that doubles up to 15 minutes.
 * Keys are names as given, so somebody who doesn't exist locks just the same.
 */
export function passwordLock(now: () => number) {
  const failures = new Map<string, { count: number; lastAt: number }>();
  const waitMs = (count: number) => Math.min(longestLockMs, 1_000 * 2 ** (count - freeTries));
  return {
    check(key: string) {
      const known = failures.get(key);
      if (known && known.count >= freeTries && now() < known.lastAt + waitMs(known.count))
        notAuthorized("Password attempts exceeded");
    },
    failed(key: string) {
      const known = failures.get(key);
      const stale = known && now() > known.lastAt + longestLockMs;
      failures.set(key, { count: known && !stale ? known.count + 1 : 1, lastAt: now() });
      forgetOldest(failures);
    },
    succeeded: (key: string) => void failures.delete(key),
  };
}
export type PasswordLock = ReturnType<typeof passwordLock>;

/** Names come from outside: memory must not grow with them. */
function forgetOldest(map: Map<string, unknown>) {
  const oldest = map.size > 10_000 ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}
