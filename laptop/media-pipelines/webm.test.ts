import { expect, test } from "vitest";
import { type Block, readWebm, writeWebm } from "./webm";

const keyBytes = (width: number, height: number) => {
  const bytes = Buffer.from([0x50, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, 0xfe]);
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  return bytes;
};
const picture = (
  atMs: number,
  isKey = false,
  bytes = isKey ? keyBytes(320, 180) : Buffer.from([0x51]),
): Block => ({
  kind: "picture",
  atMs,
  isKey,
  bytes,
});
const sound = (from: number, to: number): Block[] =>
  Array.from({ length: (to - from) / 20 }, (_, i) => ({
    kind: "sound",
    atMs: from + 20 * i,
    isKey: true,
    bytes: Buffer.from([0xf8, i & 0xff]),
  }));
const inTime = (blocks: Block[]) => [...blocks].sort((a, b) => a.atMs - b.atMs);
/** Where the value of an element lies whose id and length are these bytes. */
const after = (file: Buffer, ...head: number[]) => file.indexOf(Buffer.from(head)) + head.length;

test("what is written is read again, to the byte and the millisecond", () => {
  const blocks = [
    ...sound(0, 21_000),
    picture(133, true),
    picture(200),
    picture(9_007, true),
    picture(20_999),
  ];
  expect(readWebm(writeWebm(blocks))).toEqual(inTime(blocks));
});

test("pieces one after another are one file", () => {
  const whole = [...sound(0, 10_000), picture(40, true), picture(5_010), picture(5_100, true)];
  const pieces = [whole.filter(({ atMs }) => atMs < 5_000), whole.filter(({ atMs }) => atMs >= 5_000)].map(
    writeWebm,
  );
  expect(writeWebm(pieces.flatMap(readWebm))).toEqual(writeWebm(whole));
});

test("it says how long it is, and how large its picture", () => {
  const file = writeWebm([...sound(0, 3_000), picture(100, true, keyBytes(960, 540))]);
  expect(file.readDoubleBE(after(file, 0x44, 0x89, 0x88))).toBe(3_000);
  expect(file.readBigUInt64BE(after(file, 0xb0, 0x88))).toBe(960n);
  expect(file.readBigUInt64BE(after(file, 0xba, 0x88))).toBe(540n);
});

test("its index leads to the clusters that begin with a key frame, and to those alone", () => {
  const file = writeWebm([...sound(0, 12_000), picture(100, true), picture(7_000), picture(8_000, true)]);
  const segmentAt = file.indexOf(Buffer.from([0x18, 0x53, 0x80, 0x67]));
  const sizeLength = Math.clz32(file[segmentAt + 4]!) - 23;
  const dataAt = segmentAt + 4 + sizeLength;
  const cues: Array<{ atMs: number; leadsTo: string; clusterMs: number }> = [];
  for (let at = file.indexOf(Buffer.from([0xbb])); ; ) {
    const timeAt = file.indexOf(Buffer.from([0xb3, 0x88]), at);
    if (timeAt < 0) break;
    const placeAt = file.indexOf(Buffer.from([0xf1, 0x88]), timeAt) + 2;
    const clusterAt = dataAt + Number(file.readBigUInt64BE(placeAt));
    const clusterTimeAt = file.indexOf(Buffer.from([0xe7, 0x88]), clusterAt) + 2;
    cues.push({
      atMs: Number(file.readBigUInt64BE(timeAt + 2)),
      leadsTo: file.toString("hex", clusterAt, clusterAt + 4),
      clusterMs: Number(file.readBigUInt64BE(clusterTimeAt)),
    });
    at = placeAt;
  }
  expect(cues).toEqual([100, 8_000].map((atMs) => ({ atMs, clusterMs: atMs, leadsTo: "1f43b675" })));
});

test("without a picture there is a track of sound alone, which can be sought in", () => {
  const file = writeWebm(sound(0, 11_000));
  expect(file.includes("V_VP8")).toBe(false);
  expect(file.includes(Buffer.from([0x1c, 0x53, 0xbb, 0x6b]))).toBe(true);
  expect(readWebm(file)).toHaveLength(550);
});

test("a damaged file is refused", () => {
  const file = writeWebm(sound(0, 1_000));
  expect(() => readWebm(file.subarray(0, file.length - 5))).toThrow("damaged");
  expect(() => readWebm(Buffer.from("no film"))).toThrow();
});
