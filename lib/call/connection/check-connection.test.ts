import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ConnectionCheck } from "@/lib/visits/answers";
import { type CheckDeps, checkConnection } from "./check-connection";
import type { MediaStat } from "./read-media";

const check = { checkId: "its-own", meeting: {}, attendee: {} } as unknown as ConnectionCheck;
const line = { network: "good", downKbps: 9_000, upKbps: 3_000, roundTripMs: 40 } as const;
const device = { framesPerSecond: 15, frameMs: 6, lateMs: 4 };
const seconds = (many: number) => many * 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A second of a connection in use. */
const media = (second: number): MediaStat[] => [
  { type: "transport", selectedCandidatePairId: "P" },
  { type: "candidate-pair", id: "P" },
  { type: "inbound-rtp", packetsReceived: 50 * second, packetsLost: 0 },
  { type: "outbound-rtp", packetsSent: 50 * second },
  { type: "remote-inbound-rtp", packetsLost: 0, roundTripTime: 0.04 },
];

/** A page around the check: what was begun, joined and ended. */
function page(given: Partial<CheckDeps> & { media?: boolean } = {}) {
  const ended: string[] = [];
  const joined: string[] = [];
  let stops = 0;
  const stopped = new AbortController();
  const deps: CheckDeps = {
    begin: async () => check,
    end: (id) => ended.push(id),
    loadProbe: async () => (join, told) => {
      joined.push(join.checkId);
      let second = 0;
      const timer = setInterval(() => given.media !== false && told(media(++second)), 1_000);
      return {
        stop() {
          clearInterval(timer);
          stops += 1;
        },
      };
    },
    measureNetwork: async () => line,
    measureDevice: async () => device,
    after(ms, run) {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    ...given,
  };
  const began = Date.now();
  const done = checkConnection(deps, stopped.signal).then((figures) => ({
    figures,
    tookMs: Date.now() - began,
  }));
  return { done, ended, joined, stops: () => stops, stop: () => stopped.abort() };
}

test("line, media and device are told together, and its meeting ends with it", async () => {
  const it = page();
  await vi.runAllTimersAsync();
  const { figures, tookMs } = await it.done;
  expect(figures).toEqual({
    path: "udp",
    lostDownPercent: 0,
    lostUpPercent: 0,
    mediaRoundTripMs: 40,
    jitterMs: null,
    ...line,
    ...device,
  });
  expect(tookMs).toBeLessThan(seconds(8));
  expect([it.ended, it.stops()]).toEqual([["its-own"], 1]);
});

test("media that finds no way is told so after some seconds, and ends as well", async () => {
  const it = page({ media: false });
  await vi.runAllTimersAsync();
  expect((await it.done).figures).toMatchObject({ path: "none", lostUpPercent: null, network: "good" });
  expect([it.ended, it.stops()]).toEqual([["its-own"], 1]);
});

test("whoever gets no meeting, or no code for it, is still told of line and device, and not that media is blocked", async () => {
  for (const given of [
    { begin: () => Promise.reject(new Error("429")) },
    { loadProbe: () => Promise.reject(new Error("no chunk")) },
  ]) {
    const it = page(given);
    await vi.runAllTimersAsync();
    expect((await it.done).figures).toMatchObject({ path: "untried", ...line, ...device });
    expect(it.joined).toEqual([]);
  }
});

test("who is offline learns it without waiting for media", async () => {
  const none = { network: "none", downKbps: null, upKbps: null, roundTripMs: null } as const;
  const it = page({ measureNetwork: async () => none });
  await vi.runAllTimersAsync();
  expect((await it.done).figures).toMatchObject({ ...none, path: "untried" });
  expect(it.joined).toEqual([]);
});

test("a meeting that comes too late is not waited for, and is ended when it comes", async () => {
  const it = page({ begin: () => new Promise((resolve) => setTimeout(() => resolve(check), seconds(20))) });
  await vi.advanceTimersByTimeAsync(seconds(6));
  expect((await it.done).figures).toMatchObject({ path: "untried", ...line });
  expect(it.ended).toEqual([]);
  await vi.runAllTimersAsync();
  expect(it.ended).toEqual(["its-own"]);
});

test("nobody waits longer than fifteen seconds, and what could not be told by then is left open", async () => {
  const slow = (signal: AbortSignal, ms: number) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
      signal.addEventListener("abort", () => resolve());
    });
  const it = page({
    begin: () => new Promise((resolve) => setTimeout(() => resolve(check), 3_900)),
    measureNetwork: (signal) => slow(signal, seconds(9)).then(() => line),
    measureDevice: (signal) =>
      slow(signal, seconds(9)).then(() => ({ framesPerSecond: null, frameMs: null, lateMs: null })),
    media: false,
  });
  await vi.runAllTimersAsync();
  const { figures, tookMs } = await it.done;
  expect(tookMs).toBeLessThanOrEqual(seconds(15));
  expect(figures).toMatchObject({ path: "untried", frameMs: null, ...line });
  expect(it.ended).toEqual(["its-own"]);
});

test("who stops it is told nothing, and leaves no meeting behind", async () => {
  const it = page();
  await vi.advanceTimersByTimeAsync(seconds(2));
  it.stop();
  await vi.runAllTimersAsync();
  expect((await it.done).figures).toBeNull();
  expect([it.ended, it.stops()]).toEqual([["its-own"], 1]);
});
