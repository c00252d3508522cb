import fc from "fast-check";
import { expect, test } from "vitest";
import { readRed, writeRed } from "./red";

const frame = (text: string) => Buffer.from(text);

test("RFC 2198 §3: the bytes are laid out as drawn there", () => {
  const red = writeRed(frame("now"), 111, [{ offset: 960, payload: frame("then") }]);
  //                 F|PT=111   offset 960 in 14 bits, length 4 in 10    0|PT=111
  expect(red).toEqual(Buffer.concat([Buffer.from([0xef, 0x0f, 0x00, 0x04, 0x6f]), frame("thennow")]));
});

test("what is repeated is read back, oldest first, and the packet's own frame last", () => {
  const earlier = [
    { offset: 1920, payload: frame("older") },
    { offset: 960, payload: frame("old") },
  ];
  expect(readRed(writeRed(frame("new"), 111, earlier), 111)).toEqual([
    ...earlier,
    { offset: 0, payload: frame("new") },
  ]);
  expect(readRed(writeRed(frame("alone"), 111, []), 111)).toEqual([{ offset: 0, payload: frame("alone") }]);
});

test("what would not fit is left out, and what is said now never is", () => {
  const red = writeRed(Buffer.alloc(400, 1), 111, [
    { offset: 1920, payload: Buffer.alloc(400, 3) },
    { offset: 960, payload: Buffer.alloc(400, 2) },
  ]);
  expect(red.length).toBeLessThanOrEqual(1000);
  expect(readRed(red, 111)?.map(({ offset }) => offset)).toEqual([960, 0]);
  expect(
    readRed(writeRed(frame("x"), 111, [{ offset: 20_000, payload: frame("long ago") }]), 111),
  ).toHaveLength(1);
});

test("no bytes whatever make it throw, or bring more than they are", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const payload = Buffer.from(bytes);
      if (payload.length > 0) payload[0] = (payload[0]! & 0x80) | 111;
      const read = readRed(payload, 111);
      return !read || read.reduce((sum, block) => sum + block.payload.length, 0) < payload.length;
    }),
    { numRuns: 10_000 },
  );
});
