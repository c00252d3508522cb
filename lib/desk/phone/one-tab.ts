export type OneTab = {
  /** This tab from now on; the other one is told. */
  take(): void;
  stop(): void;
};

/**
 * Of all tabs of this browser one speaks at a time: the first, until it is closed or another takes its place.
 *
 * @param told whether it is this one. Where a browser has no locks (an old one, or a page without HTTPS) every tab thinks so.
 */
export function oneTab(
  locks: Pick<LockManager, "request"> | undefined,
  name: string,
  told: (here: boolean) => void,
): OneTab {
  let over = false;
  let release: (() => void) | null = null;
  let waiting: AbortController | null = null;

  const hold = () => {
    told(true);
    return new Promise<void>((resolve) => {
      release = resolve;
    });
  };
  function queue(): void {
    if (over || !locks) return;
    waiting = new AbortController();
    const { signal } = waiting;
    // Rejects when another tab took the place, or when this one stopped waiting for it.
    locks.request(name, { signal }, hold).catch(() => {
      if (!over && !signal.aborted) lose();
    });
  }
  function lose(): void {
    release = null;
    told(false);
    queue();
  }
  if (locks)
    void locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (over) return;
        if (lock) return hold();
        told(false);
        queue();
      })
      .catch(() => {
        if (!over) lose();
      });
  else told(true);

  return {
    take() {
      if (over || !locks || release) return;
      waiting?.abort();
      locks.request(name, { steal: true }, hold).catch(() => {
        if (!over) lose();
      });
    },
    stop() {
      over = true;
      waiting?.abort();
      release?.();
    },
  };
}
