import fc from "fast-check";
import { expect, test } from "vitest";
import { readExtension, rtpHeaderLength, withoutPadding, writeRtpHeader } from "./packet";
import { startsKeyframe } from "./vp8";

test("what we write says what it should, and its section can be found", () => {
  const header = writeRtpHeader(
    { ssrc: 0xfedcba98, payloadType: 111, mid: { id: 9, value: "12" } },
    { index: 65_536 * 3 + 7, timestamp: 2 ** 32 + 5, marker: true, padding: false },
  );
  const packet = Buffer.concat([header, Buffer.from("payload")]);
  expect(rtpHeaderLength(packet)).toBe(header.length);
  expect(packet.readUInt16BE(2)).toBe(7);
  expect(packet.readUInt32BE(4)).toBe(5);
  expect(packet.readUInt32BE(8)).toBe(0xfedcba98);
  expect(packet[1]).toBe(0x80 | 111);
  expect(readExtension(packet, header.length, 9)?.toString()).toBe("12");
  expect(readExtension(packet, header.length, 3)).toBeNull();
});

test("padding travels, and no codec sees it", () => {
  const packet = { index: 0, ssrc: 1, payloadType: 1, marker: false, timestamp: 0, level: 0 };
  expect(withoutPadding({ ...packet, padding: true, payload: Buffer.from([1, 2, 0, 0, 3]) })).toEqual(
    Buffer.from([1, 2]),
  );
  expect(withoutPadding({ ...packet, padding: true, payload: Buffer.from([1, 9]) })).toHaveLength(0);
  expect(withoutPadding({ ...packet, padding: false, payload: Buffer.from([1, 9]) })).toHaveLength(2);
});

test("a picture begins where a key frame begins, and nowhere else", () => {
  const keyframe = [0x9d, 0x01, 0x2a];
  expect(startsKeyframe(Buffer.from([0x10, 0x50, ...keyframe]))).toBe(true);
  expect(startsKeyframe(Buffer.from([0x90, 0x80, 0x12, 0x50, ...keyframe]))).toBe(true); // 7-bit PictureID
  expect(startsKeyframe(Buffer.from([0x90, 0xe0, 0x92, 0x34, 0x01, 0x20, 0x50, ...keyframe]))).toBe(true);
  expect(startsKeyframe(Buffer.from([0x10, 0x51]))).toBe(false); // an ordinary frame
  expect(startsKeyframe(Buffer.from([0x00, 0x50]))).toBe(false); // the middle of a frame
  expect(startsKeyframe(Buffer.from([0x11, 0x50]))).toBe(false); // another partition
});

test("no bytes whatever make the readers throw or look beyond the packet", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.integer({ min: 1, max: 14 }), (bytes, id) => {
      const packet = Buffer.from(bytes);
      if (packet.length > 0) packet[0] = 0x80 | (packet[0]! & 0x3f);
      const length = rtpHeaderLength(packet);
      startsKeyframe(packet);
      if (length < 0) return true;
      const extension = readExtension(packet, length, id);
      return length <= packet.length && (extension === null || extension.length <= 16);
    }),
    { numRuns: 10_000 },
  );
});
