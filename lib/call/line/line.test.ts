import { expect, test } from "vitest";
import { openLine } from "./line";
import { lineRater } from "./rate-line";
import { lineReader } from "./read-line";
import { readReport, writeReport } from "./report";

const inbound = (packetsReceived: number, packetsLost: number) => ({
  type: "inbound-rtp",
  packetsReceived,
  packetsLost,
});
const line = (lostDown: number | null, lostUp: number | null = null, roundTripMs: number | null = 40) => ({
  lostDown,
  lostUp,
  roundTripMs,
});

test("loss is what was lost since a second ago, not since the call began", () => {
  const read = lineReader();
  read([inbound(10_000, 0)]);
  expect(read([inbound(10_090, 10)]).lostDown).toBeCloseTo(0.1);
});

test("loss upstream and the round trip are what the other end reports", () => {
  const report = { type: "remote-inbound-rtp", fractionLost: 0.25, roundTripTime: 0.12 };
  expect(lineReader()([report])).toEqual({ lostDown: null, lostUp: 0.25, roundTripMs: 120 });
});

test("silence and a connection made anew aren't called loss", () => {
  const read = lineReader();
  expect(read([inbound(5, 5)]).lostDown).toBeNull();
  read([inbound(1_000, 100)]);
  expect(read([inbound(50, 0)]).lostDown).toBeNull();
});

test("counters that a browser doesn't have cost nothing", () => {
  expect(lineReader()([{ type: "inbound-rtp" }, { type: "candidate-pair" }])).toEqual({
    lostDown: null,
    lostUp: null,
    roundTripMs: null,
  });
});

test("one bad second isn't a bad line; some of them are", () => {
  const rate = lineRater();
  expect(rate(line(0.14))).toBe("fair");
  for (let second = 0; second < 6; second += 1) rate(line(0));
  expect(rate(line(0))).toBe("good");
  let said = "good";
  for (let second = 0; second < 6; second += 1) said = rate(line(0.3));
  expect(said).toBe("bad");
});

test("ten in a hundred lost is weak, and never so bad that pictures must go", () => {
  const rate = lineRater();
  const said = Array.from({ length: 60 }, () => rate(line(0.1)));
  expect(new Set(said)).not.toContain("bad");
  expect(said.at(-1)).toBe("weak");
});

test("the worse direction counts, and a long way is a weak line too", () => {
  const up = lineRater();
  expect(Array.from({ length: 10 }, () => up(line(0, 0.4))).at(-1)).toBe("bad");
  const far = lineRater();
  expect(Array.from({ length: 20 }, () => far(line(0, 0, 800))).at(-1)).toBe("weak");
});

test("better is believed only after five seconds", () => {
  const rate = lineRater();
  for (let second = 0; second < 10; second += 1) rate(line(0.5));
  let seconds = 0;
  while (rate(line(0)) === "bad") seconds += 1;
  expect(seconds).toBeGreaterThanOrEqual(5);
});

function bench() {
  const rated: string[] = [];
  const sent: string[] = [];
  const others: string[] = [];
  const it = openLine({
    rated: (quality) => rated.push(quality),
    others: (who, quality) => others.push(`${who} ${quality}`),
    send: (report) => sent.push(report) > 0,
  });
  return { it, rated, sent, others };
}

test("what the other loses on their way isn't blamed on the listener's line", () => {
  const { it, rated, others } = bench();
  for (let second = 0; second < 30; second += 1) {
    if (second % 5 === 0) it.heard("walter", "bad 35", second * 1_000);
    it.sample(line(0.35), second * 1_000);
  }
  expect(others[0]).toBe("walter bad");
  expect(new Set(rated)).toEqual(new Set(["good"]));
});

test("what is lost beyond that is", () => {
  const { it, rated } = bench();
  for (let second = 0; second < 30; second += 1) {
    if (second % 5 === 0) it.heard("walter", "weak 10", second * 1_000);
    it.sample(line(0.5), second * 1_000);
  }
  expect(rated.at(-1)).toBe("bad");
});

test("an old report of another's line excuses nothing for ever", () => {
  const { it, rated } = bench();
  it.heard("walter", "bad 60", 0);
  for (let second = 0; second < 60; second += 1) it.sample(line(0.5), second * 1_000);
  expect(rated.at(-1)).toBe("bad");
});

test("the others are told when it changes, and not every second of an hour", () => {
  const { it, sent } = bench();
  for (let second = 0; second < 3_600; second += 1) it.sample(line(0, 0), second * 1_000);
  expect(sent).toEqual([]);
  it.sample(line(0, 0.5), 3_600_000);
  expect(sent).toEqual(["weak 50"]);
});

test("only a report is read as one", () => {
  expect(readReport(writeReport({ quality: "weak", lostUp: 0.254 }))).toEqual({
    quality: "weak",
    lostUp: 0.25,
  });
  for (const text of ["", "none 0", "good", "good 101", "good -1", "good 5 ", "Good 5", "constructor 5"])
    expect(readReport(text)).toBeNull();
});
