import { expect, test } from "vitest";
import type { RtpPacket } from "../rtp/packet";
import { writeRed } from "../rtp/red";
import { AudioIn } from "./audio-in";
import { frameSamples } from "./audio-out";

const packet = (index: number, payloadType: number, payload: Buffer, ssrc = 1): RtpPacket => ({
  index,
  ssrc,
  payloadType,
  marker: false,
  padding: false,
  timestamp: (0xffffff00 + index * frameSamples) >>> 0,
  level: 20,
  layer: "",
  payload,
});
const word = (index: number) => Buffer.from(`word ${index}`);
const plain = (index: number) => packet(index, 111, word(index));
/** A packet that repeats the frames so many packets back. */
const repeating = (index: number, ...back: number[]) =>
  packet(
    index,
    63,
    writeRed(
      word(index),
      111,
      back.map((distance) => ({ offset: distance * frameSamples, payload: word(index - distance) })),
    ),
  );

function open() {
  const audioIn = new AudioIn();
  Object.assign(audioIn, { payloadType: 111, redPayloadType: 63 });
  const hear = (given: RtpPacket) => audioIn.frames(given).map(({ index, payload }) => `${index} ${payload}`);
  return { audioIn, hear };
}

test("what was lost comes again with the next packet, in its place and at its time", () => {
  const { audioIn, hear } = open();
  hear(plain(10));
  const found = audioIn.frames(repeating(13, 2, 1));
  expect(found.map(({ index }) => index)).toEqual([11, 12, 13]);
  expect(found.map(({ payload }) => String(payload))).toEqual(["word 11", "word 12", "word 13"]);
  expect(found.map(({ timestamp }) => timestamp)).toEqual(
    [11, 12, 13].map((index) => plain(index).timestamp),
  );
  expect(found.every(({ payloadType }) => payloadType === 111)).toBe(true);
});

test("nothing is heard twice, however often it is repeated or sent", () => {
  const { hear } = open();
  expect([10, 11, 12].map((index) => hear(repeating(index, 2, 1)))).toEqual([
    ["8 word 8", "9 word 9", "10 word 10"],
    ["11 word 11"],
    ["12 word 12"],
  ]);
  expect(hear(repeating(12, 2, 1))).toEqual([]);
  expect(hear(plain(11))).toEqual([]);
});

test("a packet that overtook another does not swallow it", () => {
  const { hear } = open();
  expect([plain(10), plain(12), plain(11)].map(hear)).toEqual([
    ["10 word 10"],
    ["12 word 12"],
    ["11 word 11"],
  ]);
});

test("bytes that are no redundant audio are nothing, and what follows is heard", () => {
  const { hear } = open();
  expect(hear(packet(10, 63, Buffer.from("no RED")))).toEqual([]);
  expect(hear(packet(11, 63, Buffer.alloc(0)))).toEqual([]);
  expect(hear(repeating(12))).toEqual(["12 word 12"]);
});

test("a microphone that starts anew is heard from its first packet", () => {
  const { audioIn, hear } = open();
  hear(plain(5000));
  expect(audioIn.frames(packet(3, 111, word(3), 2))).toHaveLength(1);
});
