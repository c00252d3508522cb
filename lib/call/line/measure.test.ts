import { expect, test } from "vitest";
import { openMeasure, readFrozen } from "./measure";
import { reportOf } from "./report-of";

const good = { lostDown: 0, lostUp: 0, roundTripMs: 40 };

test("ten bad seconds in a minute are told as the worst and not hidden in the mean", () => {
  const measure = openMeasure();
  for (let second = 0; second < 50; second += 1) measure.sample(good);
  for (let second = 0; second < 10; second += 1)
    measure.sample({ lostDown: 0.3, lostUp: null, roundTripMs: 640 });
  expect(measure.read(0)).toMatchObject({
    seconds: 60,
    lostDownPercent: 5,
    worstLostDownPercent: 30,
    worstLostUpPercent: 0,
    roundTripMs: 140,
    worstRoundTripMs: 640,
  });
});

test("a second that tells nothing is no loss, and one lost second is not the worst", () => {
  const measure = openMeasure();
  for (let second = 0; second < 9; second += 1) measure.sample({ ...good, lostDown: null });
  measure.sample({ ...good, lostUp: 1 });
  expect(measure.read(0)).toMatchObject({ lostDownPercent: 0, lostUpPercent: 10, worstLostUpPercent: 20 });
});

test("freezes are added up over a connection made anew, whose counters begin at nothing", () => {
  const measure = openMeasure();
  measure.froze({ freezes: 2, frozenSeconds: 1.5 });
  measure.froze({ freezes: 3, frozenSeconds: 2 });
  measure.froze({ freezes: 0, frozenSeconds: 0 });
  measure.froze({ freezes: 1, frozenSeconds: 0.25 });
  expect(measure.read(0)).toMatchObject({ freezes: 4, frozenSeconds: 2.3 });
});

test("only the pictures that come in are looked at, and a browser that counts no freezes says none", () => {
  expect(
    readFrozen([
      { type: "inbound-rtp", kind: "video", freezeCount: 2, totalFreezesDuration: 1.25 },
      { type: "inbound-rtp", kind: "audio", freezeCount: 9 },
      { type: "outbound-rtp", kind: "video", freezeCount: 9 },
      { type: "inbound-rtp", kind: "video" },
    ]),
  ).toEqual({ freezes: 2, frozenSeconds: 1.25 });
});

test("being away is one time, however often it is said, and counts while it lasts", () => {
  const measure = openMeasure();
  measure.away(10_000);
  measure.away(12_000);
  measure.back(15_000);
  measure.back(16_000);
  measure.away(20_000);
  expect(measure.read(21_500)).toMatchObject({ reconnects: 2, awaySeconds: 6.5 });
});

test("nothing in a report is a text of anybody's: a browser's long name for itself becomes a word of a list", () => {
  const phone =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
  const devices = {
    camera: { state: "problem", problem: "insecure" },
    microphone: { state: "off" },
  } as const;
  const line = openMeasure().read(0);
  expect(reportOf(line, devices, { userAgent: phone, maxTouchPoints: 5 })).toEqual({
    ...line,
    camera: "failed",
    microphone: "off",
    browser: "safari",
    browserVersion: 18,
    system: "ios",
  });
  expect(reportOf(line, devices, { userAgent: "My name is Rosa <script>", maxTouchPoints: 0 })).toMatchObject(
    { browser: "other", browserVersion: 0, system: "other" },
  );
});
