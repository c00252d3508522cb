import { Encoder } from "@evan/opus";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RtpPacket } from "../rtp/packet";
import { frameSamples } from "./audio-out";
import { type Listener, Mixer, sum } from "./mixer";

beforeEach(() => vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance", "Date"] }));
afterEach(() => vi.useRealTimers());

test("voices add up, and too loud is clipped instead of wrapped around", () => {
  const frame = (value: number) => new Int16Array(frameSamples).fill(value);
  expect(sum([frame(100), frame(-30)])[7]).toBe(70);
  expect(sum([frame(30_000), frame(30_000)])[0]).toBe(32_767);
  expect(sum([frame(-30_000), frame(-30_000)])[0]).toBe(-32_768);
  expect(sum([])[0]).toBe(0);
});

const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
const tone = Int16Array.from(
  { length: frameSamples },
  (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * i) / 48000),
);
const packet = (payload: Buffer, index = 1): RtpPacket => ({
  index,
  ssrc: 1,
  payloadType: 111,
  marker: false,
  padding: false,
  timestamp: 0,
  level: 20,
  layer: "",
  payload,
});

test("each listener gets a frame every 20 ms while a mix is needed, then the clock stops", () => {
  const [a, b, c] = [{ name: "a" }, { name: "b" }, { name: "c" }];
  const got: Buffer[] = [];
  let listeners: Listener<object>[] = [
    { id: a, sources: [b, c], lossRate: 0, mixed: (opus) => got.push(opus) },
  ];
  const mixer = new Mixer<object>(
    () => listeners,
    () => Date.now(),
  );
  for (let i = 0; i < 50; i++) {
    mixer.push(b, packet(Buffer.from(encoder.encode(tone)), i));
    vi.advanceTimersByTime(20);
  }
  expect(got.length).toBeGreaterThanOrEqual(48);
  expect(got.length).toBeLessThanOrEqual(50);
  expect(got.at(-1)!.length).toBeGreaterThan(20); // a tone, not silence
  listeners = [];
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
});

test("bytes that are no Opus cost their sender a frame, and nobody anything else", () => {
  const [a, b] = [{ name: "a" }, { name: "b" }];
  const got: Buffer[] = [];
  const mixer = new Mixer<object>(
    () => [{ id: a, sources: [b], lossRate: 0, mixed: (opus) => got.push(opus) }],
    () => Date.now(),
  );
  for (let i = 0; i < 20; i++) {
    mixer.push(b, packet(Buffer.from([0xff, i, 0xff, 0x00]), 2 * i));
    mixer.push(b, packet(Buffer.alloc(0), 2 * i + 1));
    vi.advanceTimersByTime(20);
  }
  expect(got.length).toBeGreaterThan(15);
  mixer.stop();
});
