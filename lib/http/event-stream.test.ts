import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EventSource, eventStream } from "./event-stream";
import { openVisitFeed } from "./visit-feed";

type State = { status: string; now: string } | null;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function open(first: State = { status: "SCHEDULED", now: "1" }) {
  const abort = new AbortController();
  const source = {
    state: first,
    reads: 0,
    stopped: 0,
    failures: [] as unknown[],
    closed: 0,
    changed: () => {},
    broken: false,
  };
  const response = await eventStream(
    {
      read: async () => {
        source.reads++;
        if (source.broken) throw new Error("database away");
        return source.state;
      },
      follow: async (changed) => {
        source.changed = changed;
        return () => {
          source.stopped++;
        };
      },
      failed: (error) => source.failures.push(error),
      closed: () => {
        source.closed++;
      },
    } satisfies EventSource<NonNullable<State>>,
    abort.signal,
  );
  const reader = response!.body!.pipeThrough(new TextDecoderStream()).getReader();
  const heard = async () => (await reader.read()).value;
  expect(await heard()).toBe("retry: 2000\n\n");
  return { source, abort, reader, heard };
}

describe("a live stream", () => {
  test("shows the state at once and after each change", async () => {
    const { source, heard } = await open();
    expect(await heard()).toBe('id: 1\nevent: state\ndata: {"status":"SCHEDULED","now":"1"}\n\n');
    source.state = { status: "ACTIVE", now: "2" };
    source.changed();
    expect(await heard()).toContain('id: 2\nevent: state\ndata: {"status":"ACTIVE"');
  });

  test("says nothing twice; a sign of life every 15 seconds keeps proxies from cutting it", async () => {
    const { source, heard } = await open();
    await heard();
    source.state = { status: "SCHEDULED", now: "2" };
    source.changed();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await heard()).toBe(": here\n\n");
  });

  test("reads once for a burst of changes", async () => {
    const { source, heard } = await open();
    await heard();
    const before = source.reads;
    for (let n = 0; n < 50; n++) source.changed();
    await vi.advanceTimersByTimeAsync(10);
    expect(source.reads - before).toBeLessThanOrEqual(2);
  });

  test("ends when its reader may no longer see it", async () => {
    const { source, reader, heard } = await open();
    await heard();
    source.state = null;
    source.changed();
    expect((await reader.read()).done).toBe(true);
    expect([source.stopped, source.closed]).toEqual([1, 1]);
  });

  test("ends, and says why in the log, when the state cannot be read", async () => {
    const { source, reader, heard } = await open();
    await heard();
    source.broken = true;
    source.changed();
    expect((await reader.read()).done).toBe(true);
    expect(source.failures).toHaveLength(1);
  });

  test("leaves nothing behind when the reader goes, by either way", async () => {
    const aborted = await open();
    aborted.abort.abort();
    expect([aborted.source.stopped, aborted.source.closed]).toEqual([1, 1]);
    const cancelled = await open();
    await cancelled.reader.cancel();
    expect([cancelled.source.stopped, cancelled.source.closed]).toEqual([1, 1]);
    const reads = cancelled.source.reads;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cancelled.source.reads).toBe(reads);
  });
});

describe("the feed of changes", () => {
  function listening() {
    const wire = { heard: (_: string) => {}, restored: () => {}, opened: 0 };
    const feed = openVisitFeed({
      listen: async (_channel, heard, restored) => {
        Object.assign(wire, { heard, restored, opened: wire.opened + 1 });
        return async () => undefined;
      },
    });
    return { feed, wire };
  }

  test("is one connection for all pages, and tells a visit's changes to that visit's pages", async () => {
    const { feed, wire } = listening();
    const [mine, theirs] = [vi.fn(), vi.fn()];
    await feed.follow("a", mine);
    await feed.follow("b", theirs);
    wire.heard("a");
    expect([wire.opened, mine.mock.calls.length, theirs.mock.calls.length]).toEqual([1, 1, 0]);
  });

  test("after a lost connection makes everybody look again, for nobody knows what was missed", async () => {
    const { feed, wire } = listening();
    const changed = vi.fn();
    await feed.follow("a", changed);
    wire.restored();
    expect(changed).toHaveBeenCalledOnce();
  });

  test("tells whoever watches all visits of any change, once for many that come together", async () => {
    const { feed, wire } = listening();
    const changed = vi.fn();
    const stop = await feed.followAll(changed);
    for (const visit of ["a", "b", "c"]) wire.heard(visit);
    expect(changed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(changed).toHaveBeenCalledOnce();
    wire.restored();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(changed).toHaveBeenCalledTimes(2);
    stop?.();
    wire.heard("a");
    await vi.advanceTimersByTimeAsync(5_000);
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("takes a bounded number for one visit; who stops makes room", async () => {
    const { feed } = listening();
    const stops = [];
    for (;;) {
      const stop = await feed.follow("a", () => {});
      if (!stop) break;
      stops.push(stop);
      expect(stops.length).toBeLessThan(1_000);
    }
    stops[0]!();
    stops[0]!();
    expect(await feed.follow("a", () => {})).not.toBeNull();
    expect(await feed.follow("a", () => {})).toBeNull();
  });
});
