import type { LiveEvents } from "../live-channel";

const againMs = 1_000;
const afterCutMs = 3_000;
const closed = 2;

/**
 * Server-sent events by `fetch`: a browser's own `EventSource` takes no header, and the right to listen is a Bearer here. Comes back by itself when a
 * stream ends or is cut, as that does; an answer that is no stream is final (`readyState` 2).
 */
export function fetchedEvents(
  ask: typeof fetch,
  url: string,
  after: (ms: number, run: () => void) => () => void,
): LiveEvents {
  const target = new EventTarget();
  const stop = new AbortController();
  let readyState = 0;
  let cancel: (() => void) | null = null;

  const again = (ms: number) => {
    if (readyState !== closed) cancel = after(ms, () => void listen());
  };
  async function listen(): Promise<void> {
    try {
      const response = await ask(url, {
        headers: { accept: "text/event-stream" },
        cache: "no-store",
        signal: stop.signal,
      });
      if (!response.ok || !response.body) {
        readyState = closed;
        target.dispatchEvent(new Event("error"));
        return;
      }
      readyState = 1;
      target.dispatchEvent(new Event("open"));
      await read(response.body);
      again(againMs);
    } catch (cause) {
      // Closed by us, or no network; anything else is a fault and shows itself.
      if (stop.signal.aborted) return;
      if (!(cause instanceof TypeError)) throw cause;
      readyState = 0;
      target.dispatchEvent(new Event("error"));
      again(afterCutMs);
    }
  }
  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body
      .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
      .getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const blocks = (rest + part.value).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) tell(block);
    }
  }
  function tell(block: string): void {
    const lines = block.split("\n");
    const fieldOf = (field: string) =>
      lines
        .filter((line) => line.startsWith(`${field}: `))
        .map((line) => line.slice(field.length + 2))
        .join("\n");
    const data = fieldOf("data");
    if (data) target.dispatchEvent(new MessageEvent(fieldOf("event") || "message", { data }));
  }

  void listen();
  return {
    get readyState() {
      return readyState;
    },
    addEventListener: (type, listener) => target.addEventListener(type, listener),
    close() {
      readyState = closed;
      cancel?.();
      stop.abort();
    },
  };
}
