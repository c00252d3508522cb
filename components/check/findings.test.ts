import { expect, test } from "vitest";
import { type LocalMediaState, unaskedMedia } from "@/lib/call/local-media-state";
import { findingsOf, isComplete, isFine } from "./findings";

const stream = {} as MediaStream;
const on = { state: "on", stream, id: "some camera's secret id" } as const;
const both: LocalMediaState = { ...unaskedMedia, camera: on, microphone: on };
const line = { network: "good", downKbps: 9_000, upKbps: 3_000, roundTripMs: 40 } as const;

test("a microphone works once a voice came through it, not when it merely opened", () => {
  const seen = { voice: false, chime: true, line };
  expect(findingsOf(both, seen)).toMatchObject({ camera: "works", microphone: "silent" });
  expect(isComplete(findingsOf(both, seen))).toBe(false);
  const heard = findingsOf(both, { ...seen, voice: true });
  expect(heard.microphone).toBe("works");
  expect(isComplete(heard)).toBe(true);
  expect(isFine(heard)).toBe(true);
});

test("who was not asked yet has tried nothing; who refused has", () => {
  expect(findingsOf(unaskedMedia, { voice: false, chime: null, line: null })).toEqual({
    camera: "untried",
    microphone: "untried",
    speaker: "untried",
    network: "untried",
    downKbps: null,
    upKbps: null,
    roundTripMs: null,
  });
  const refused = { state: "problem", problem: "refused" } as const;
  const found = findingsOf({ ...both, camera: refused }, { voice: true, chime: false, line });
  expect(found).toMatchObject({ camera: "refused", speaker: "silent" });
  expect(isComplete(found)).toBe(true);
  expect(isFine(found)).toBe(false);
});

test("no device's name or id is in what is sent", () => {
  const found = findingsOf(both, { voice: true, chime: true, line });
  expect(JSON.stringify(found)).not.toContain("secret");
  expect(Object.keys(found).sort()).toEqual(
    ["camera", "downKbps", "microphone", "network", "roundTripMs", "speaker", "upKbps"].sort(),
  );
});
