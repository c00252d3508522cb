/** The time, injected so that tests place it where a guarantee turns. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until moved. */
export function frozenClock(
  at: Date | string,
): Clock & { advance(seconds: number): void; set(to: Date | string): void } {
  let now = new Date(at).getTime();
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
    set: (to) => {
      now = new Date(to).getTime();
    },
  };
}
