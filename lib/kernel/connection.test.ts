import { expect, test } from "vitest";
import { type ConnectionFigures, findingsOf, isWhole, nothingMeasured, rateNetwork } from "./connection";

const well: ConnectionFigures = {
  path: "udp",
  lostDownPercent: 0,
  lostUpPercent: 0.4,
  mediaRoundTripMs: 42,
  jitterMs: 4,
  network: "good",
  downKbps: 20_000,
  upKbps: 5_000,
  roundTripMs: 40,
  framesPerSecond: 15,
  frameMs: 6,
  lateMs: 5,
};
const found = (given: Partial<ConnectionFigures>) => findingsOf({ ...well, ...given });

test("a good line and a quick device are told as nothing to do", () => {
  expect(found({})).toEqual([]);
  expect(isWhole(well)).toBe(true);
});

test("who has no way for video is told that it is their network, and who has a detour that it is one", () => {
  expect(found({ path: "none", lostDownPercent: null, lostUpPercent: null })).toEqual(["udp-blocked"]);
  expect(found({ path: "tcp" })).toEqual(["udp-detour"]);
});

test("who is offline is not told that their network stops video", () => {
  expect(found({ network: "none", path: "none" })).toEqual(["no-internet"]);
});

test("loss is told by the worse way, and heavy loss instead of it", () => {
  expect(found({ lostUpPercent: 1.9 })).toEqual([]);
  expect(found({ lostUpPercent: 2 })).toEqual(["loss"]);
  expect(found({ lostDownPercent: 9.9 })).toEqual(["loss"]);
  expect(found({ lostDownPercent: 10, lostUpPercent: 3 })).toEqual(["loss-heavy"]);
});

test("a long way is told by the media's own round trip, and by the page's where there is none", () => {
  expect(found({ mediaRoundTripMs: 400 })).toEqual(["far"]);
  expect(found({ mediaRoundTripMs: 80, roundTripMs: 500 })).toEqual([]);
  expect(found({ mediaRoundTripMs: null, roundTripMs: 500 })).toEqual(["far"]);
  expect(found({ jitterMs: 30 })).toEqual(["unsteady"]);
});

test("a line is as good as its narrower way", () => {
  expect(rateNetwork({ downKbps: 20_000, upKbps: 5_000 })).toBe("good");
  expect(rateNetwork({ downKbps: 20_000, upKbps: 300 })).toBe("slow");
  expect(rateNetwork({ downKbps: 150, upKbps: 5_000 })).toBe("bad");
  expect(found({ network: "slow" })).toEqual(["line-slow"]);
  expect(found({ network: "bad" })).toEqual(["line-too-slow"]);
});

test("a slow device is told by its pictures, by what each costs, or by a page that comes late", () => {
  expect(found({ framesPerSecond: 12, frameMs: 32.9, lateMs: 99 })).toEqual([]);
  for (const slow of [{ framesPerSecond: 11.9 }, { frameMs: 33 }, { lateMs: 100 }])
    expect(found(slow)).toEqual(["device-slow"]);
});

test("several troubles are told, the worst first", () => {
  expect(found({ frameMs: 70, lostDownPercent: 4, network: "slow", path: "tcp" })).toEqual([
    "udp-detour",
    "loss",
    "line-slow",
    "device-slow",
  ]);
});

test("a device too slow to time anything is told of as that, and its network isn't blamed", () => {
  const slow = { path: "none", network: "bad", mediaRoundTripMs: 900, frameMs: 60 } as const;
  expect(found({ ...slow, lateMs: 299 })).toEqual(["udp-blocked", "line-too-slow", "far", "device-slow"]);
  expect(found({ ...slow, lateMs: 300 })).toEqual(["device-slow"]);
  expect(found({ network: "none", path: "untried", lateMs: 900 })).toEqual(["no-internet", "device-slow"]);
});

test("what could not be measured is no trouble, and isn't called well either", () => {
  expect(findingsOf(nothingMeasured)).toEqual([]);
  expect(isWhole(nothingMeasured)).toBe(false);
  expect(isWhole({ ...well, lostDownPercent: null })).toBe(true);
  expect(isWhole({ ...well, lostDownPercent: null, lostUpPercent: null })).toBe(false);
});
