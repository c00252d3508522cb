export type Rounds = {
  /** Something waits: go round now, or once more right after the round under way. */
  wake(): void;
  /** Starts no more rounds; resolves when the one under way is done. */
  stop(): Promise<void>;
};

/**
 * Repeats `work`: at once, whenever woken, and at the latest `everyMs` after the last round. Never two rounds at the same time.
 * A round that throws is told to `failed`, and the next one comes as usual.
 */
export function rounds({
  work,
  everyMs,
  failed,
}: {
  work: () => Promise<unknown>;
  everyMs: number;
  failed: (error: unknown) => void;
}): Rounds {
  let stopped = false;
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;

  async function round(): Promise<void> {
    do {
      again = false;
      await work().catch(failed);
    } while (again && !stopped);
  }

  function go(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = round().finally(() => {
      running = null;
      if (!stopped) timer = setTimeout(go, everyMs);
    });
  }

  go();
  return {
    wake: go,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
