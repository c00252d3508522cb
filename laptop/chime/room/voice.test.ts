import { Encoder } from "@evan/opus";
import { expect, test } from "vitest";
import { type RtpPacket, silenceLevel } from "../rtp/packet";
import { frameSamples } from "./audio-out";
import { Voice } from "./voice";

const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
const silent = new Int16Array(frameSamples);
const tone = Int16Array.from(
  { length: frameSamples },
  (_, i) => 8000 * Math.sin((2 * Math.PI * 450 * i) / 48000),
);
const frames = Array.from({ length: 40 }, (_, i) => Buffer.from(encoder.encode(i < 20 ? silent : tone)));
const packet = (index: number, level = 20): RtpPacket => ({
  index,
  ssrc: 1,
  payloadType: 111,
  marker: false,
  padding: false,
  timestamp: index * frameSamples,
  level,
  layer: "",
  payload: frames[index % frames.length]!,
});
const loud = (frame: Int16Array | undefined) => frame?.some((value) => Math.abs(value) > 2000);

test("nothing is heard before the cushion is full, then every 20 ms in order", () => {
  const voice = new Voice();
  voice.push(packet(20));
  expect(voice.take()).toBeUndefined();
  voice.push(packet(21));
  expect(voice.take()).toBeUndefined();
  voice.push(packet(22));
  expect([voice.take(), voice.take(), voice.take()].every((frame) => frame?.length === frameSamples)).toBe(
    true,
  );
  expect(voice.take()).toBeUndefined();
});

test("a word that was lost and comes again in time is heard in its place", () => {
  const [straight, mended] = [new Voice(), new Voice()];
  for (const index of [18, 19, 20, 21, 22, 23]) straight.push(packet(index));
  for (const index of [18, 20, 21, 19, 23, 22]) mended.push(packet(index));
  for (let i = 0; i < 6; i++) expect(mended.take()).toEqual(straight.take());
});

test("a word that stays lost leaves no hole: it is made up, softer, and comes too late afterwards", () => {
  const voice = new Voice();
  for (const index of [24, 25, 27, 28]) voice.push(packet(index));
  const loudest = (frame: Int16Array | undefined) => Math.max(...(frame ?? []));
  const [, before, made] = [voice.take(), voice.take(), voice.take()];
  expect(made?.[0]).toBe(Math.trunc(before!.at(-1)! * 0.7));
  expect(loudest(made)).toBeGreaterThan(2000);
  expect(loudest(made)).toBeLessThan(loudest(before));
  voice.push(packet(26));
  expect(loud(voice.take())).toBe(true);
  expect(loud(voice.take())).toBe(true);
  expect(voice.take()).toBeUndefined();
});

test("after an outage the voice goes on where it is now", () => {
  const voice = new Voice();
  for (const index of [20, 21, 22]) voice.push(packet(index));
  for (let i = 0; i < 3; i++) voice.take();
  voice.take();
  for (const index of [520, 521, 522]) voice.push(packet(index));
  expect(voice.take()).toBeDefined();
});

test("whoever sends faster than the clock is cut down to what is now, and never heard far behind", () => {
  const voice = new Voice();
  for (let index = 0; index < 500; index++) voice.push(packet(index));
  let heard = 0;
  while (voice.take()) heard++;
  expect(heard).toBeLessThanOrEqual(8);
  expect(heard).toBeGreaterThan(0);
});

test("a microphone that says it is silent is not decoded", () => {
  const voice = new Voice();
  for (const index of [20, 21, 22]) voice.push(packet(index, silenceLevel));
  expect(voice.take()).toBeUndefined();
});
