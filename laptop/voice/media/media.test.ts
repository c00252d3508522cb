import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareOf, toneOf } from "../../chime/testing/tone";
import { decodeG711, encodeG711, type Law } from "./g711";
import { JitterBuffer } from "./jitter-buffer";
import { downsampler, upsampler } from "./resample";
import { keyListener, readKeyEvent, writeKeyEvent } from "./telephone-event";

describe("G.711", () => {
  // ITU-T G.711 tables 1a and 2a: silence, the loudest, and a value in each half.
  test.each<[Law, number, number]>([
    ["PCMU", 0xff, 0],
    ["PCMU", 0x80, 32_124],
    ["PCMU", 0x00, -32_124],
    ["PCMU", 0xfe, 8],
    ["PCMA", 0xd5, 8],
    ["PCMA", 0x55, -8],
    ["PCMA", 0xaa, 32_256],
    ["PCMA", 0x2a, -32_256],
  ])("%s %i is %i", (law, byte, value) => {
    expect(decodeG711(law, Uint8Array.of(byte))[0]).toBe(value);
  });

  test.each<Law>(["PCMU", "PCMA"])("%s: every byte comes back as itself, every sample near itself", (law) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i).filter(
      (byte) => law !== "PCMU" || byte !== 0x7f,
    );
    expect([...encodeG711(law, decodeG711(law, bytes))]).toEqual([...bytes]);
    fc.assert(
      fc.property(fc.integer({ min: -32_000, max: 32_000 }), (sample) => {
        const [heard] = decodeG711(law, encodeG711(law, Int16Array.of(sample)));
        expect(Math.abs(heard! - sample)).toBeLessThanOrEqual(Math.max(16, Math.abs(sample) / 16));
      }),
    );
  });
});

describe("from 48 kHz to 8 and back", () => {
  const through = (hz: number) => {
    const [down, up, next] = [downsampler(), upsampler(), toneOf(hz)];
    const frames = Array.from({ length: 10 }, () => up(down(next()))).slice(2);
    return Int16Array.from(frames.flatMap((frame) => [...frame]));
  };
  const loudest = (sound: Int16Array) => sound.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

  test.each([100, 300, 1000, 2000, 3300])("%i Hz, which speech has, comes through as it was", (hz) => {
    const sound = through(hz);
    expect(loudest(sound)).toBeGreaterThan(7_500);
    expect(loudest(sound)).toBeLessThan(8_500);
    expect(shareOf(hz, sound)).toBeGreaterThan(0.99);
  });

  test.each([4_500, 7_000, 12_000])(
    "%i Hz, which a telephone cannot carry, does not fold into what it can",
    (hz) => {
      expect(loudest(through(hz))).toBeLessThan(40);
    },
  );
});

describe("a jitter buffer", () => {
  const taken = (buffer: JitterBuffer<number>, times: number) =>
    Array.from({ length: times }, () => buffer.take());

  test("waits for three, gives out in order, and leaves a late one out", () => {
    const buffer = new JitterBuffer<number>();
    buffer.push(11, 11);
    buffer.push(10, 10);
    expect(buffer.take()).toBeNull();
    buffer.push(13, 13);
    expect(taken(buffer, 3)).toEqual([10, 11, "lost"]);
    buffer.push(12, 12);
    expect(taken(buffer, 2)).toEqual([13, null]);
  });

  test("an outage and a flood are not made up: it goes on with what is now", () => {
    const buffer = new JitterBuffer<number>();
    for (const index of [1, 2, 3]) buffer.push(index, index);
    taken(buffer, 3);
    for (let index = 1000; index < 1100; index++) buffer.push(index, index);
    const heard = taken(buffer, 20).filter((packet) => typeof packet === "number");
    expect(heard.length).toBeLessThanOrEqual(10);
    expect(heard.at(-1)).toBe(1099);
  });
});

describe("keys", () => {
  test("what is written is read, and anything else is none or one", () => {
    for (const key of "0123456789*#ABCD")
      expect(readKeyEvent(writeKeyEvent({ key, ended: true, duration: 800 }))).toEqual({
        key,
        ended: true,
        duration: 800,
      });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => void readKeyEvent(Buffer.from(bytes))),
    );
  });

  test("a press is heard once, in however many packets and whichever of them are lost", () => {
    const heard: string[] = [];
    const listen = keyListener((key) => heard.push(key));
    const press = (key: string, timestamp: number) => {
      for (const [duration, ended] of [
        [160, false],
        [320, false],
        [480, true],
        [480, true],
      ] as const)
        listen(timestamp, writeKeyEvent({ key, ended, duration }));
    };
    press("1", 0xffff_ff00);
    press("1", 0x100);
    press("#", 0x900);
    listen(0x100, writeKeyEvent({ key: "1", ended: true, duration: 480 }));
    expect(heard).toEqual(["1", "1", "#"]);
  });
});
