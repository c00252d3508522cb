import { Encoder } from "@evan/opus";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Listen } from "../chime/room/room";
import { type RtpPacket, silenceLevel } from "../chime/rtp/packet";
import { openCapture } from "./capture";
import { readWebm } from "./webm";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const encoder = new Encoder({ channels: 1, sample_rate: 48000, application: "voip" });
const word = Buffer.from(encoder.encode(new Int16Array(960).map((_, i) => 9_000 * Math.sin(i / 20))));
const packet = (fields: Partial<RtpPacket>): RtpPacket => ({
  index: 0,
  ssrc: 1,
  payloadType: 96,
  marker: true,
  padding: false,
  timestamp: 0,
  level: silenceLevel,
  layer: "",
  payload: Buffer.alloc(0),
  ...fields,
});

/** A meeting of our own: its people speak and show as they are told. */
function open() {
  const files: Array<{ file: Buffer; startedMs: number }> = [];
  const asked: string[] = [];
  let senses: Parameters<Listen>[0] | null = null;
  let index = 0;
  const capture = openCapture({
    listen(given) {
      senses = given;
      return () => {
        senses = null;
      };
    },
    withPicture: true,
    put: (file, startedMs) => files.push({ file, startedMs }),
    failed: (cause) => {
      throw cause;
    },
    now: () => Date.now(),
  });
  const show = (id: string, isKey: boolean) => {
    index += 1;
    const payload = Buffer.from([0x10, isKey ? 0x50 : 0x51, id.charCodeAt(0)]);
    senses?.see?.(id, packet({ index, payload }), { requestKeyframe: () => asked.push(id) });
  };
  const pass = (ms: number, speaker: string | null, showing: string[] = []) => {
    for (let passed = 0; passed < ms; passed += 20) {
      index += 1;
      if (speaker) senses?.hear(speaker, packet({ index, payload: word, level: 20 }));
      for (const id of showing) show(id, false);
      vi.advanceTimersByTime(20);
    }
  };
  const pictures = () =>
    files
      .flatMap(({ file }) => readWebm(file))
      .filter(({ kind }) => kind === "picture")
      .map(({ atMs, isKey, bytes }) => ({ atMs, isKey, of: String.fromCharCode(bytes[1]!) }));
  return { capture, files, asked, show, pass, pictures, isListening: () => senses !== null };
}

test("the picture begins with a key frame, which is asked for until it comes, and every five seconds again", () => {
  const { capture, asked, show, pass, pictures } = open();
  pass(200, "anna", ["anna"]);
  expect(asked.length).toBeGreaterThan(1);
  show("anna", true);
  const before = asked.length;
  pass(1_000, "anna", ["anna"]);
  expect(asked.length).toBe(before);
  pass(5_000, "anna", ["anna"]);
  expect(asked.length).toBeGreaterThan(before);
  capture.stop();
  expect(pictures()[0]).toEqual({ atMs: 200, isKey: true, of: "a" });
});

test("it turns to who speaks, with a key frame of theirs", () => {
  const { capture, asked, show, pass, pictures } = open();
  pass(20, "anna", ["anna", "ben"]);
  show("anna", true);
  pass(1_000, "anna", ["anna", "ben"]);
  pass(3_000, "ben", ["anna", "ben"]);
  expect(asked.at(-1)).toBe("ben");
  show("ben", true);
  pass(100, "ben", ["anna", "ben"]);
  capture.stop();
  const shown = pictures();
  const turn = shown.findIndex(({ of }) => of === "b");
  expect(shown[turn]?.isKey).toBe(true);
  expect(shown.slice(turn).every(({ of }) => of === "b")).toBe(true);
  expect(shown.slice(0, turn).every(({ of }) => of === "a")).toBe(true);
});

test("where nobody shows a camera the sound goes on alone, and as long as it lasted", () => {
  const { capture, files, show, pass, pictures } = open();
  pass(20, "anna", ["anna"]);
  show("anna", true);
  pass(12_000, "anna");
  capture.stop();
  expect(pictures()).toHaveLength(1);
  const blocks = files.flatMap(({ file }) => readWebm(file)).filter(({ kind }) => kind === "sound");
  expect(blocks.map(({ atMs }) => atMs)).toEqual(Array.from({ length: blocks.length }, (_, i) => i * 20));
  expect(blocks.length).toBe(601);
  expect(files.map(({ startedMs }) => startedMs)).toEqual([0, 5_000, 10_000]);
});

test("after its end nothing is listened to, and nothing is kept", () => {
  const { capture, files, show, pass, isListening } = open();
  pass(500, "anna", ["anna"]);
  capture.stop();
  const kept = files.length;
  expect(isListening()).toBe(false);
  show("anna", true);
  pass(6_000, "anna", ["anna"]);
  capture.stop();
  expect(files).toHaveLength(kept);
});
