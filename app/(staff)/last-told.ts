import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";

/** What came of an act whose button went with it: "Suspended", where the page now offers to restore. One at a time, in this tab. */
let last: string | null = null;
const listeners = new Set<() => void>();

export function tell(message: string | null): void {
  last = message;
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useLastTold = (): string | null =>
  useSyncExternalStore(
    listen,
    () => last,
    () => null,
  );

/** Gone this long after it was done, an act went for another reason. */
const sameMomentMs = 3_000;

/** Keeps what an act came to for the frame to say, should the act's own place for it vanish in the same moment. */
export function useTellIfGone(): (message: string) => void {
  const done = useRef<{ message: string; at: number } | null>(null);
  useEffect(
    () => () => {
      if (done.current && Date.now() - done.current.at < sameMomentMs) tell(done.current.message);
    },
    [],
  );
  return useCallback((message) => {
    done.current = { message, at: Date.now() };
  }, []);
}
