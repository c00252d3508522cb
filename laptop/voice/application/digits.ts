/** Collects keys until they match (ReceiveDigits). `matched` is told each time; between two keys only so much time may pass. */
export function collectDigits(options: {
  pattern: RegExp;
  betweenMs: number;
  flushMs: number;
  matched: (digits: string) => void;
}) {
  let digits = "";
  let between: NodeJS.Timeout | null = null;
  let flush: NodeJS.Timeout | null = null;

  function stop(): void {
    if (between) clearTimeout(between);
    if (flush) clearTimeout(flush);
  }
  function told(): void {
    const found = digits;
    digits = "";
    stop();
    if (found) options.matched(found);
  }
  return {
    press(key: string): void {
      digits += key;
      stop();
      if (options.pattern.test(digits)) {
        told();
        return;
      }
      between = setTimeout(() => {
        digits = "";
        stop();
      }, options.betweenMs);
      flush = setTimeout(told, options.flushMs);
    },
    stop,
  };
}
