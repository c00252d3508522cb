/** Between two signs of life. Proxies cut silent connections after 30–60 s. */
const heartbeatMs = 15_000;
/** A reader who doesn't read: bytes that may wait in memory for it. */
const maxBacklogBytes = 256 * 1024;

export type EventSource<State> = {
  /** What to show now; null ends the stream (the reader may no longer see it). */
  read(): Promise<State | null>;
  /** Calls `changed` when reading again would show something new. @returns how to stop; null: refuse. */
  follow(changed: () => void): Promise<(() => void) | null>;
  failed(error: unknown): void;
  /** The stream is over, whoever ended it. Called once. */
  closed?(): void;
};

/**
 * Server-Sent Events: `event: state` with the whole state, at once, after each change and never twice the same. So a reader who missed
 * some (`Last-Event-ID`) needs nothing special. Every 15 s the state is read again, which also notes that the reader is there.
 *
 * @returns null when the source refuses another follower.
 */
export async function eventStream<State>(
  source: EventSource<State>,
  signal: AbortSignal,
): Promise<Response | null> {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let shown = "";
  let count = 0;
  let work: Promise<void> = Promise.resolve();
  let queued = false;
  let over = false;

  const send = (text: string) => {
    if (!controller || over) return;
    if ((controller.desiredSize ?? 0) < -maxBacklogBytes) return finish();
    controller.enqueue(encoder.encode(text));
  };
  const look = async (heartbeat: boolean) => {
    queued = false;
    if (over) return;
    const state = await source.read();
    if (state === null) return finish();
    const text = JSON.stringify(state, (key, value) => (key === "now" ? undefined : value));
    if (text !== shown) send(`id: ${++count}\nevent: state\ndata: ${JSON.stringify(state)}\n\n`);
    else if (heartbeat) send(": here\n\n");
    shown = text;
  };
  // One look at a time; changes that come meanwhile share the next one.
  const next = (heartbeat = false) => {
    if (queued || over) return;
    queued = true;
    work = work
      .then(() => look(heartbeat))
      .catch((error: unknown) => {
        source.failed(error);
        finish();
      });
  };
  const stop = await source.follow(() => next());
  if (!stop) return null;
  const timer = setInterval(() => next(true), heartbeatMs);
  const finish = () => {
    if (over) return;
    over = true;
    clearInterval(timer);
    stop();
    signal.removeEventListener("abort", finish);
    source.closed?.();
    try {
      controller?.close();
    } catch {
      // The reader has gone and took the stream along: there is nothing left to close.
    }
  };
  signal.addEventListener("abort", finish);
  if (signal.aborted) finish();

  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        send("retry: 2000\n\n");
        next();
      },
      cancel: finish,
    },
    { highWaterMark: 0, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform keeps compressors from holding events back.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
