import { expect, test, vi } from "vitest";
import { measureNetwork } from "./measure-network";

type Line = { roundTripMs: number; downKbps: number; upKbps: number };

/** A way to our server on which each word takes so long and each kB so much more, by vitest's clock; null: nothing comes through. */
function line(given: Line | null) {
  const asked: string[] = [];
  const wait = (ms: number, signal?: AbortSignal | null) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", stop);
        resolve();
      }, ms);
      signal?.addEventListener("abort", stop, { once: true });
    });
  const answer = async (to: unknown, how?: RequestInit): Promise<Response> => {
    asked.push(String(to));
    if (!given) throw new TypeError("Failed to fetch");
    await wait(given.roundTripMs + (String(how?.body ?? "").length * 8) / given.upKbps, how?.signal);
    if (String(to) !== "/api/probe" || how?.method === "POST") return new Response("{}");
    let parts = 24;
    return new Response(
      new ReadableStream({
        async pull(to) {
          if (parts-- === 0) return to.close();
          await wait((8 * 1024 * 8) / given.downKbps, how?.signal);
          to.enqueue(new Uint8Array(8 * 1024));
        },
      }),
    );
  };
  return {
    asked,
    async measure(signal = new AbortController().signal) {
      vi.useFakeTimers();
      try {
        const began = Date.now();
        const measured = measureNetwork({ fetch: answer as typeof fetch, now: () => Date.now() }, signal);
        await vi.runAllTimersAsync();
        return { ...(await measured), tookMs: Date.now() - began };
      } finally {
        vi.useRealTimers();
      }
    },
  };
}

test("a good line is called good, and a slow one slow, with its figures", async () => {
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 8_000 }).measure()).toMatchObject({
    network: "good",
    roundTripMs: 30,
  });
  const slow = await line({ roundTripMs: 100, downKbps: 600, upKbps: 400 }).measure();
  expect(slow).toMatchObject({ network: "slow", roundTripMs: 100 });
  expect(slow.upKbps).toBeGreaterThan(200);
  expect(slow.upKbps).toBeLessThan(400);
  // It was not whole in time: what came until then counts.
  expect(slow.downKbps).toBeGreaterThan(400);
  expect(slow.downKbps).toBeLessThan(600);
});

test("a line that is fast one way only is as good as its worse way", async () => {
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 300 }).measure()).toMatchObject({
    network: "slow",
  });
  expect(await line({ roundTripMs: 30, downKbps: 20_000, upKbps: 60 }).measure()).toMatchObject({
    network: "bad",
  });
});

test("a line that barely works keeps nobody waiting for longer than nine seconds", async () => {
  const barely = await line({ roundTripMs: 2_000, downKbps: 10, upKbps: 10 }).measure();
  expect(barely.network).toBe("bad");
  expect(barely.tookMs).toBeLessThan(9_000);
});

test("who cannot reach us learns that, and nothing is measured in vain", async () => {
  const none = line(null);
  expect(await none.measure()).toMatchObject({
    network: "none",
    downKbps: null,
    upKbps: null,
    roundTripMs: null,
  });
  expect(none.asked).toEqual(["/api/health"]);
});

test("who stops it asks for nothing more", async () => {
  const stopped = new AbortController();
  const good = line({ roundTripMs: 30, downKbps: 20_000, upKbps: 8_000 });
  stopped.abort();
  expect(await good.measure(stopped.signal)).toMatchObject({ network: "none" });
});

test("a fault of our own is not told to a patient as a network that is gone", async () => {
  const answer = async () => ({
    ok: true,
    body: { getReader: () => ({ read: async () => ({ done: false }) }) },
  });
  const measured = measureNetwork(
    { fetch: answer as unknown as typeof fetch, now: () => 0 },
    new AbortController().signal,
  );
  await expect(measured).rejects.toThrow(TypeError);
});
