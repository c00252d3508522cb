import { expect, test } from "vitest";
import type { LiveState } from "@/lib/visits/answers";
import { followVisit } from "./live-channel";

class Source extends EventTarget {
  readyState = 1;
  closed = false;
  constructor(readonly url: string) {
    super();
  }
  close() {
    this.closed = true;
  }
}

const view = { status: "ACTIVE" } as LiveState;

function bench(answer: () => Promise<Response>) {
  const sources: Source[] = [];
  const due: { ms: number; run: () => void; cancelled: boolean }[] = [];
  const seen: LiveState[] = [];
  const asked: string[] = [];
  const stop = followVisit(
    {
      openEvents: (url) => {
        const source = new Source(url);
        sources.push(source);
        return source as unknown as EventSource;
      },
      fetch: (async (url: string) => {
        asked.push(url);
        return answer();
      }) as typeof fetch,
      after: (ms, run) => {
        const entry = { ms, run, cancelled: false };
        due.push(entry);
        return () => {
          entry.cancelled = true;
        };
      },
    },
    { visitId: "v 1", seatId: "s" },
    (live) => seen.push(live),
  );
  const runDue = async () => {
    for (const entry of due.splice(0)) if (!entry.cancelled) entry.run();
    await new Promise((settled) => setImmediate(settled));
  };
  return { sources, due, seen, asked, stop, runDue };
}

test("the page hears of the admission as it happens", () => {
  const it = bench(async () => Response.json(view));
  it.sources[0]?.dispatchEvent(new MessageEvent("state", { data: JSON.stringify(view) }));
  expect(it.sources[0]?.url).toBe("/api/visits/v%201/events?seat=s");
  expect(it.seen).toEqual([view]);
});

test("where events don't come through, asking does, until they do again", async () => {
  const it = bench(async () => Response.json(view));
  it.sources[0]?.dispatchEvent(new Event("error"));
  await it.runDue();
  expect(it.asked).toEqual(["/api/visits/v%201/state?seat=s"]);
  expect(it.seen).toHaveLength(1);
  it.sources[0]?.dispatchEvent(new Event("open"));
  await it.runDue();
  expect(it.asked).toHaveLength(1);
});

test("a network that is away is asked again; one that refused events is tried again later", async () => {
  const it = bench(async () => {
    throw new TypeError("Failed to fetch");
  });
  const source = it.sources[0];
  if (source) source.readyState = 2;
  source?.dispatchEvent(new Event("error"));
  await it.runDue();
  expect(it.due.some(({ ms }) => ms === 3_000)).toBe(true);
  expect(it.sources).toHaveLength(2);
});

test("after leaving, nothing is listened to", async () => {
  const it = bench(async () => Response.json(view));
  it.stop();
  it.sources[0]?.dispatchEvent(new MessageEvent("state", { data: JSON.stringify(view) }));
  expect(it.sources[0]?.closed).toBe(true);
  expect(it.seen).toEqual([]);
});

test("a fault in what is done with the news is not taken for a network that is gone", async () => {
  const source = new Source("");
  let poll: () => unknown = () => undefined;
  followVisit(
    {
      openEvents: () => source as unknown as EventSource,
      fetch: async () => Response.json(view),
      after: (_ms, run) => {
        poll = run;
        return () => undefined;
      },
    },
    { visitId: "v", seatId: "s" },
    () => {
      throw new TypeError("our own");
    },
  );
  source.dispatchEvent(new Event("error"));
  await expect(poll()).rejects.toThrow("our own");
});
