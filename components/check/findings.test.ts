import { expect, test } from "vitest";
import { type LocalMediaState, unaskedMedia } from "@/lib/call/local-media-state";
import { nothingMeasured } from "@/lib/kernel/connection";
import { findingsOf, isComplete, isFine } from "./findings";

const stream = {} as MediaStream;
const on = { state: "on", stream, id: "some camera's secret id" } as const;
const both: LocalMediaState = { ...unaskedMedia, camera: on, microphone: on };
const line = {
  ...nothingMeasured,
  path: "udp",
  lostDownPercent: 0,
  lostUpPercent: 0.5,
  network: "good",
  downKbps: 9_000,
  upKbps: 3_000,
  roundTripMs: 40,
  frameMs: 6,
} as const;

test("a microphone works once a voice came through it, not when it merely opened", () => {
  const seen = { voice: false, chime: true, line };
  expect(findingsOf(both, seen)).toMatchObject({ camera: "works", microphone: "silent" });
  expect(isComplete(findingsOf(both, seen), seen)).toBe(false);
  const heard = findingsOf(both, { ...seen, voice: true });
  expect(heard.microphone).toBe("works");
  expect(isComplete(heard, seen)).toBe(true);
  expect(isComplete(heard, { ...seen, line: null })).toBe(false);
  expect(isFine(heard)).toBe(true);
});

test("devices that work are not enough: a network that stops video needs a look", () => {
  const seen = { voice: true, chime: true, line: { ...line, path: "none" } as const };
  expect(isFine(findingsOf(both, seen))).toBe(false);
  expect(isFine(findingsOf(both, { ...seen, line: { ...line, frameMs: 80 } }))).toBe(false);
});

test("who was not asked yet has tried nothing; who refused has", () => {
  expect(findingsOf(unaskedMedia, { voice: false, chime: null, line: null })).toEqual({
    camera: "untried",
    microphone: "untried",
    speaker: "untried",
    ...nothingMeasured,
  });
  const refused = { state: "problem", problem: "refused" } as const;
  const seen = { voice: true, chime: false, line };
  const found = findingsOf({ ...both, camera: refused }, seen);
  expect(found).toMatchObject({ camera: "refused", speaker: "silent" });
  expect(isComplete(found, seen)).toBe(true);
  expect(isFine(found)).toBe(false);
});

test("no device's name or id is in what is sent", () => {
  const found = findingsOf(both, { voice: true, chime: true, line });
  expect(JSON.stringify(found)).not.toContain("secret");
  expect(Object.keys(found).sort()).toEqual(
    ["camera", "microphone", "speaker", ...Object.keys(nothingMeasured)].sort(),
  );
});
