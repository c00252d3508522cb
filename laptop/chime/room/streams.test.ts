import { expect, test } from "vitest";
import { type RtpPacket, readExtension, silenceLevel, withoutPadding } from "../rtp/packet";
import { readRed } from "../rtp/red";
import { Budget } from "../signaling/budget";
import { AudioOut, frameSamples } from "./audio-out";
import { CameraSection } from "./camera-section";
import { VideoOut } from "./video-out";

type Sent = { index: number; sequence: number; timestamp: number; marker: boolean; payload: string };
const read = (header: Buffer, payload: Buffer, index: number): Sent => ({
  index,
  sequence: header.readUInt16BE(2),
  timestamp: header.readUInt32BE(4),
  marker: (header[1]! & 0x80) !== 0,
  payload: payload.toString("latin1"),
});
const packet = (index: number, timestamp: number, payload = "x", ssrc = 1): RtpPacket => ({
  index,
  ssrc,
  payloadType: 111,
  marker: false,
  padding: false,
  timestamp,
  level: silenceLevel,
  layer: "",
  payload: Buffer.from(payload, "latin1"),
});

function audio() {
  let nowMs = 1_000_000;
  const sent: Sent[] = [];
  const out = new AudioOut(
    5,
    { index: 65_533, timestamp: 0xfffffff0 },
    (header, payload, index) => sent.push(read(header, payload, index)),
    () => nowMs,
    new Budget(0, 100, () => 0),
  );
  return {
    out,
    sent,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}
const silent = "\xf8\xff\xfe";

test("who loses packets gets each frame three times, and who does not once", () => {
  const { out, sent, pass } = audio();
  out.redPayloadType = 63;
  const frames = (payload: string) =>
    readRed(Buffer.from(payload, "latin1"), 111)?.map((block) => String(block.payload));
  const say = (index: number) => {
    out.forward(packet(index, 5000 + index * frameSamples, `word ${index}`));
    pass(20);
  };
  say(1);
  out.onLoss(0.1);
  for (const index of [2, 3, 4, 5]) say(index);
  expect(sent[0]?.payload).toBe("word 1");
  expect(sent.slice(1).map(({ payload }) => frames(payload))).toEqual([
    ["word 2"],
    ["word 2", "word 3"],
    ["word 2", "word 3", "word 4"],
    ["word 3", "word 4", "word 5"],
  ]);
  for (let second = 0; second < 20; second++) out.onLoss(0);
  say(6);
  expect(sent.at(-1)?.payload).toBe("word 6");
});

test("one voice goes on in one numbering over both rollovers", () => {
  const { out, sent, pass } = audio();
  for (let i = 0; i < 6; i++) {
    out.forward(packet(100 + i, 5000 + i * frameSamples));
    pass(20);
  }
  expect(sent.map(({ index }) => index)).toEqual([65_534, 65_535, 65_536, 65_537, 65_538, 65_539]);
  expect(sent.map(({ sequence }) => sequence)).toEqual([65_534, 65_535, 0, 1, 2, 3]);
  expect(sent.map(({ timestamp }, i) => (timestamp - sent[0]!.timestamp - i * frameSamples) | 0)).toEqual([
    0, 0, 0, 0, 0, 0,
  ]);
  expect(sent.map(({ marker }) => marker)).toEqual([true, false, false, false, false, false]);
});

test("a change of voice lands on the wall clock, so no listener falls behind", () => {
  const { out, sent, pass } = audio();
  out.forward(packet(1, 0, "a", 1));
  pass(500);
  out.forward(packet(9000, 777, "b", 2));
  expect((sent[1]!.timestamp - sent[0]!.timestamp) | 0).toBe(500 * 48 - frameSamples);
  expect(sent[1]!.index).toBe(sent[0]!.index + 1);
});

test("a packet from before the change never takes a number that was used", () => {
  const { out, sent } = audio();
  out.forward(packet(10, 0, "a", 1));
  out.mixed(Buffer.from("mix"));
  out.forward(packet(12, 1920, "a", 1));
  out.forward(packet(11, 960, "late", 1));
  expect(new Set(sent.map(({ index }) => index)).size).toBe(sent.length);
  expect(sent.map(({ payload }) => payload)).not.toContain("late");
});

test("a listener gets again the word it lost, the very same bytes, unless it is long past", () => {
  const { out, sent } = audio();
  for (let i = 0; i < 40; i++) out.forward(packet(100 + i, i * frameSamples, `word ${i}`));
  const [first, last] = [sent[0]!, sent[38]!];
  out.resend([first.sequence, last.sequence]);
  expect(sent.slice(40)).toEqual([last]);
});

test("a late word keeps its own time, and does not turn back the time of the next", () => {
  const { out, sent } = audio();
  for (const i of [0, 1, 3, 2, 4]) out.forward(packet(100 + i, i * frameSamples));
  const at = (i: number) => (sent[i]!.timestamp - sent[0]!.timestamp) / frameSamples;
  expect([0, 1, 2, 3, 4].map(at)).toEqual([0, 1, 3, 2, 4]);
  out.mixed(Buffer.from("mix"));
  expect(at(5)).toBeGreaterThan(4);
});

test("alone one gets silence, fifty times a second, and none while somebody is merely late", () => {
  const { out, sent, pass } = audio();
  for (let i = 0; i < 50; i++) {
    pass(20);
    out.silence();
  }
  expect(sent.length).toBeGreaterThanOrEqual(49);
  expect(sent.every(({ payload }) => payload === silent)).toBe(true);
  out.forward(packet(1, 0, "voice"));
  const before = sent.length;
  for (let i = 0; i < 45; i++) {
    pass(20);
    out.silence();
  }
  expect(sent.length).toBe(before);
  pass(200);
  out.silence();
  out.silence();
  expect(sent.slice(before).map(({ payload }) => payload)).toEqual([silent]);
});

const keyframe = "\x10\x00key";
const delta = "\x10\x01delta";
function video(resends = 100, begin: () => void = () => {}) {
  const sent: Sent[] = [];
  const out = new VideoOut(
    2,
    "1",
    { ssrc: 9, payloadType: 96, mid: null },
    { index: 100, timestamp: 0 },
    (header, payload, _ssrc, index) => sent.push(read(header, payload, index)),
    begin,
    new Budget(0, resends, () => 0),
  );
  return { out, sent };
}

test("a picture begins with a key frame, and begins so again after a pause, without a hole", () => {
  const { out, sent } = video();
  out.forward(packet(1, 0, delta));
  out.forward(packet(2, 3000, keyframe));
  out.forward(packet(3, 6000, delta));
  out.restart();
  out.forward(packet(4, 9000, delta));
  out.forward(packet(50, 90_000, keyframe));
  expect(sent.map(({ payload }) => payload)).toEqual([keyframe, delta, keyframe]);
  expect(sent.map(({ index }) => index)).toEqual([101, 102, 103]);
});

test("before the first packet of a picture, and only then, the client's own section gets a packet of nothing", () => {
  const claimed: { mid: string; payload: Buffer; padding: boolean }[] = [];
  const section = new CameraSection(7, { index: 1, timestamp: 0 }, (header, payload) =>
    claimed.push({
      mid: readExtension(header, header.length, 3)?.toString() ?? "",
      payload,
      padding: (header[0]! & 0x20) !== 0,
    }),
  );
  const { out, sent } = video(100, () => {
    expect(sent).toEqual([]);
    section.claim();
  });
  section.claim();
  expect(claimed).toEqual([]); // no section that both use
  section.agreed = { payloadType: 96, mid: { id: 3, value: "0" } };
  out.forward(packet(1, 0, delta));
  expect(claimed).toEqual([]);
  out.forward(packet(2, 3000, keyframe));
  out.restart();
  out.forward(packet(3, 6000, keyframe));
  expect(sent).toHaveLength(2);
  expect(claimed).toMatchObject([{ mid: "0", padding: true }]);
  expect(withoutPadding(claimed[0]!)).toHaveLength(0);
});

test("what was lost on the way in stays a hole, and is filled when it comes late", () => {
  const { out, sent } = video();
  for (const index of [10, 11, 13, 12]) out.forward(packet(index, 0, index === 10 ? keyframe : delta));
  expect(sent.map(({ index }) => index)).toEqual([101, 102, 104, 103]);
});

test("a viewer gets again what it lost, the very same bytes, but nothing from before its start", () => {
  const { out, sent } = video();
  const packets = [10, 11, 12].map((index) => packet(index, index * 3000, index === 10 ? keyframe : delta));
  for (const one of packets) out.forward(one);
  out.resend([102, 100, 99], (index) => packets.find((one) => one.index === index));
  expect(sent.slice(3)).toEqual([sent[1]]);
});

test("asking for everything again and again is answered within bounds", () => {
  const { out, sent } = video(3);
  const one = packet(10, 0, keyframe);
  out.forward(one);
  for (let i = 0; i < 100; i++) out.resend([101], () => one);
  expect(sent).toHaveLength(1 + 3);
});
