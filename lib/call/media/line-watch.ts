/** How long the SDK may take to begin reconnecting: its own first pause is up to 150 ms. */
const patienceMs = 300;

/**
 * Notices a dropped signaling socket that the SDK does not act on. While it negotiates (a camera goes on, somebody comes) or reconnects, it puts off
 * any further reconnect until its answer came or 15 seconds went by; and the answer was on the socket that is gone.
 *
 * @param after runs something later; @returns how to cancel it.
 * @param stuck asked for a session anew: once for each drop that nothing followed.
 */
export function lineWatch(after: (ms: number, run: () => void) => () => void, stuck: () => void) {
  let cancel: (() => void) | null = null;
  const settle = () => {
    cancel?.();
    cancel = null;
  };
  return {
    dropped() {
      cancel ??= after(patienceMs, () => {
        cancel = null;
        stuck();
      });
    },
    /** The SDK began to connect, or is connected: it knows. */
    moved: settle,
    close: settle,
  };
}
