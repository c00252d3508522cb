import { expect, test } from "vitest";
import { readVp8, sizeOf, startsKeyframe } from "./vp8";

const bytes = (...values: number[]) => Buffer.from(values);

test("a part's data lies behind its descriptor, however long that is (RFC 7741 §4.2)", () => {
  const cases: Array<[Buffer, boolean]> = [
    [bytes(0x10, 0xaa), true], // no extension
    [bytes(0x00, 0xaa), false], // not the beginning of the partition
    [bytes(0x11, 0xaa), false], // the beginning of the second partition
    [bytes(0x30, 0xaa), true], // a frame that nothing refers to
    [bytes(0x90, 0x80, 0x11, 0xaa), true], // a picture id of 7 bits
    [bytes(0x90, 0x80, 0x91, 0x22, 0xaa), true], // of 15 bits
    [bytes(0x90, 0xe0, 0x91, 0x22, 0x01, 0x60, 0xaa), true], // and TL0PICIDX, TID
    [bytes(0x90, 0x10, 0x05, 0xaa), true], // KEYIDX alone
  ];
  for (const [payload, starts] of cases) expect(readVp8(payload)).toEqual({ starts, data: bytes(0xaa) });
});

test("what is too short for what it claims is none", () => {
  for (const payload of [bytes(), bytes(0x10), bytes(0x90), bytes(0x90, 0x80, 0x91), bytes(0x90, 0xf0, 1, 2)])
    expect(readVp8(payload)).toBeNull();
});

test("a decoder begins with the first part of a key frame, and with nothing else", () => {
  expect(startsKeyframe(bytes(0x10, 0x50))).toBe(true);
  expect(startsKeyframe(bytes(0x10, 0x51))).toBe(false);
  expect(startsKeyframe(bytes(0x00, 0x50))).toBe(false);
  expect(startsKeyframe(bytes())).toBe(false);
});

test("a key frame says its size, without its scaling", () => {
  const frame = bytes(0x50, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x81);
  expect(sizeOf(frame)).toEqual({ width: 640, height: 360 });
  expect(sizeOf(bytes(0x51, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01))).toBeNull();
  expect(sizeOf(frame.subarray(0, 9))).toBeNull();
});
