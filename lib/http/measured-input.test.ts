import { expect, test } from "vitest";
import { measured } from "./measured-input";

const report = {
  seconds: 60,
  lostDownPercent: 0,
  worstLostDownPercent: 0,
  lostUpPercent: 0,
  worstLostUpPercent: 0,
  roundTripMs: 40,
  worstRoundTripMs: 40,
  freezes: 0,
  frozenSeconds: 0,
  reconnects: 0,
  awaySeconds: 0,
  badSeconds: 0,
  camera: "on",
  microphone: "on",
  browser: "firefox",
  browserVersion: 140,
  system: "linux",
};

test("a report takes numbers within bounds and names of its lists, and nothing that somebody could have written", () => {
  expect(measured.safeParse(report).success).toBe(true);
  for (const wrong of [
    { browser: "Rosa's phone" },
    { words: "my knee hurts" },
    { seconds: -1 },
    { roundTripMs: Number.NaN },
    { freezes: 1.5 },
    { camera: "" },
  ])
    expect(measured.safeParse({ ...report, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
});
