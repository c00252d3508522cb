import { expect, test } from "vitest";
import { type RtpPacket, silenceLevel } from "../chime/rtp/packet";
import { Vp8Frames } from "./vp8-frames";

const key = 0x50;
const delta = 0x51;
const packet = (
  index: number,
  payload: number[],
  { marker = false, ssrc = 1, padding = false } = {},
): RtpPacket => ({
  index,
  ssrc,
  payloadType: 96,
  marker,
  padding,
  timestamp: 0,
  level: silenceLevel,
  layer: "",
  payload: Buffer.from(payload),
});
/** Of so many packets, whose last has the marker. */
const frame = (at: number, kind: number, parts = 1, ssrc = 1) =>
  Array.from({ length: parts }, (_, i) =>
    packet(at + i, [i === 0 ? 0x10 : 0, i === 0 ? kind : 0xee, at + i], { marker: i === parts - 1, ssrc }),
  );
function open() {
  const frames = new Vp8Frames();
  const push = (packets: RtpPacket[]) =>
    packets
      .flatMap((one) => frames.push(one))
      .map(({ isKey, bytes }) => `${isKey ? "key" : "delta"} ${bytes.at(-1)}`);
  return { frames, push };
}

test("a frame is whole with its last packet, and begins where its first one did", () => {
  const frames = new Vp8Frames();
  const [first, second, third] = frame(7, key, 3);
  expect([first!, second!].flatMap((one) => frames.push(one))).toEqual([]);
  expect(frames.push(third!)).toEqual([{ isKey: true, bytes: Buffer.from([key, 7, 0xee, 8, 0xee, 9]) }]);
});

test("nothing comes before a key frame", () => {
  const { frames, push } = open();
  expect(push([...frame(1, delta), ...frame(2, delta, 2)])).toEqual([]);
  expect(frames.needsKeyframe).toBe(true);
  expect(push([...frame(4, key, 2), ...frame(6, delta)])).toEqual(["key 5", "delta 6"]);
  expect(frames.needsKeyframe).toBe(false);
});

test("packets in any order, and twice, are the same frames in theirs", () => {
  const { push } = open();
  const [one, two, three, four] = [...frame(10, key), ...frame(11, delta, 2), ...frame(13, delta)];
  expect(push([one!, four!, three!, two!, two!, one!])).toEqual(["key 10", "delta 12", "delta 13"]);
});

test("packets that only test the line take a number and are nothing", () => {
  const { push } = open();
  const empty = packet(11, [1], { padding: true });
  expect(push([...frame(10, key), empty, ...frame(12, delta)])).toEqual(["key 10", "delta 12"]);
});

test("what stays lost is waited for no longer than a while; then it goes on with a key frame", () => {
  const { frames, push } = open();
  push(frame(1, key));
  const after = Array.from({ length: 200 }, (_, i) => frame(3 + i, delta)).flat();
  expect(push(after)).toEqual([]);
  expect(frames.needsKeyframe).toBe(true);
  expect(push([...frame(220, delta), ...frame(221, key)])).toEqual(["key 221"]);
});

test("another camera, or another size of the same, begins with a key frame of its own", () => {
  const { push } = open();
  push(frame(1, key));
  expect(push([...frame(220, delta, 1, 2), ...frame(221, key, 1, 2)])).toEqual(["key 221"]);
});

test("a frame whose beginning is none ends what was there", () => {
  const { frames, push } = open();
  push(frame(1, key));
  expect(push([packet(2, [0x00, 0xee], { marker: true }), packet(3, [0x90])])).toEqual([]);
  expect(frames.needsKeyframe).toBe(true);
});
