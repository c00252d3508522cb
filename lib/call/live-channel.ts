import type { LiveState } from "@/lib/visits/answers";
import { unlessOffline } from "./unless-offline";

/** The part of an `EventSource` that is used here. */
export type LiveEvents = {
  readonly readyState: number;
  addEventListener(type: "open" | "state" | "error", listener: (event: Event) => void): void;
  close(): void;
};
/** What the channel needs of a browser; a test brings its own. */
export type LiveDeps = {
  openEvents: (url: string) => LiveEvents;
  fetch: typeof fetch;
  after: (ms: number, run: () => void) => () => void;
};

const pollEveryMs = 3_000;
const tryEventsAgainMs = 30_000;

/** Follows a visit. The browser's cookie is the right to listen. @returns a function that stops it. */
export function followVisit(
  deps: LiveDeps,
  { visitId, seatId }: { visitId: string; seatId: string },
  told: (live: LiveState) => void,
): () => void {
  const visit = `/api/visits/${encodeURIComponent(visitId)}`;
  return followLive<LiveState>(deps, (kind) => `${visit}/${kind}?seat=${encodeURIComponent(seatId)}`, told);
}

/**
 * Follows a live state: server-sent events, and by asking every 3 seconds wherever a proxy doesn't let those through.
 *
 * @param address of the stream, and of the same state as JSON.
 * @returns a function that stops it.
 */
export function followLive<State>(
  deps: LiveDeps,
  address: (kind: "events" | "state") => string,
  told: (live: State) => void,
): () => void {
  let over = false;
  let source: LiveEvents | null = null;
  let cancelPoll: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;

  function listen() {
    if (over) return;
    source = deps.openEvents(address("events"));
    source.addEventListener("open", stopPolling);
    source.addEventListener("state", (event) => {
      if (!over) told(JSON.parse((event as MessageEvent<string>).data) as State);
    });
    source.addEventListener("error", () => {
      if (over) return;
      startPolling();
      // CLOSED: the browser has given up by itself (an HTTP error); otherwise it is already trying again.
      if (source?.readyState !== 2) return;
      cancelRetry?.();
      cancelRetry = deps.after(tryEventsAgainMs, listen);
    });
  }

  async function poll() {
    try {
      // No network now: the next round asks again. Anything else is a fault and shows itself.
      const response = await unlessOffline(deps.fetch(address("state"), { cache: "no-store" }));
      const live = response?.ok ? await unlessOffline<State>(response.json()) : null;
      if (live && !over) told(live);
    } finally {
      if (!over && cancelPoll) cancelPoll = deps.after(pollEveryMs, poll);
    }
  }
  function startPolling() {
    cancelPoll ??= deps.after(0, poll);
  }
  function stopPolling() {
    cancelPoll?.();
    cancelPoll = null;
  }

  listen();
  return () => {
    over = true;
    source?.close();
    stopPolling();
    cancelRetry?.();
  };
}
