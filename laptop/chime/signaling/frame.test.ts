import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Budget } from "./budget";
import { decodeFrame, encodeFrame, frameType } from "./frame";

const file = path.join(import.meta.dirname, "../fixtures/frames.json");
const recorded = JSON.parse(readFileSync(file, "utf8")) as { join: string; ping: string };
const bytes = (base64: string) => Buffer.from(base64, "base64");

test("the SDK's JOIN and PING are read as it sent them", () => {
  const join = decodeFrame(bytes(recorded.join));
  expect(join?.type).toBe(frameType.JOIN);
  expect(join?.join).toMatchObject({ protocolVersion: 2, wantsCompressedSdp: true });
  expect(Number(join?.join?.audioSessionId)).toBeGreaterThan(0);
  expect(decodeFrame(bytes(recorded.ping))?.pingPong).toMatchObject({ type: 1 });
});

test("a frame of ours reads back, with either type byte", () => {
  const frame = encodeFrame(frameType.AUDIO_STATUS, { audioStatus: { audioStatus: 410 } }, 12.7);
  expect(decodeFrame(frame)?.audioStatus?.audioStatus).toBe(410);
  frame[0] = 0x02;
  expect(decodeFrame(frame)?.type).toBe(frameType.AUDIO_STATUS);
  frame[0] = 0x01;
  expect(decodeFrame(frame)).toBeNull();
});

test("no bytes whatever make it throw", () => {
  const join = bytes(recorded.join);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
      decodeFrame(Buffer.from([5, ...body]));
      return true;
    }),
    { numRuns: 10_000 },
  );
  fc.assert(
    fc.property(fc.nat(join.length - 1), fc.nat(255), fc.nat(join.length), (at, value, cut) => {
      const bent = Buffer.from(join);
      bent[at] = value;
      decodeFrame(bent.subarray(0, cut));
      return true;
    }),
    { numRuns: 10_000 },
  );
});

test("a budget lets a burst pass, then its rate and no more", () => {
  let nowMs = 0;
  const budget = new Budget(10, 5, () => nowMs);
  expect(Array.from({ length: 7 }, () => budget.take()).filter(Boolean)).toHaveLength(5);
  nowMs = 200;
  expect(Array.from({ length: 7 }, () => budget.take()).filter(Boolean)).toHaveLength(2);
});
