import { describe, expect, test } from "vitest";
import { decibels, levelMeter, scaleLit, scaleMeter, segmentsLit } from "./level";

const tone = (amplitude: number) =>
  Float32Array.from({ length: 480 }, (_, index) => amplitude * Math.sin((index / 48) * 2 * Math.PI));

test("a full-scale tone is −3 dB, silence is nothing", () => {
  expect(decibels(tone(1))).toBeCloseTo(-3.01, 1);
  expect(decibels(new Float32Array(480))).toBe(Number.NEGATIVE_INFINITY);
  expect(decibels(new Float32Array(0))).toBe(Number.NEGATIVE_INFINITY);
});

test("the bar runs from −60 to −6 dB and stops at its ends", () => {
  expect([-80, -60, -33, -6, 0].map((db) => segmentsLit(db, 24))).toEqual([0, 0, 12, 24, 24]);
});

test("a peak stays for a second after the voice has gone", () => {
  const meter = levelMeter(24);
  const loud = meter(tone(0.5), 0);
  expect(meter(tone(0.001), 900)).toMatchObject({ lit: 0, peak: loud.lit });
  expect(meter(tone(0.001), 1_100).peak).toBe(0);
});

test("a pause between words isn't called silence; two seconds are", () => {
  const meter = levelMeter(24);
  meter(tone(0.1), 0);
  expect(meter(tone(0), 1_500).loudness).toBe("good");
  expect(meter(tone(0), 2_500).loudness).toBe("silent");
});

test("too loud is told apart from loud", () => {
  expect(levelMeter(24)(tone(0.6), 0).loudness).toBe("loud");
  expect(levelMeter(24)(tone(1.2), 0).loudness).toBe("clipped");
});

describe("the meter with a scale", () => {
  const sine = (amplitude: number) =>
    Float32Array.from({ length: 2_048 }, (_, at) => amplitude * Math.sin((2 * Math.PI * 8 * at) / 2_048));

  test("says of a known sound what an engineer would: its level, and its peak 3 dB above", () => {
    const { rmsDb, peakDb, clipping } = scaleMeter()(sine(0.5), 0);
    expect(rmsDb).toBeCloseTo(-9.03, 1);
    expect(peakDb).toBeCloseTo(-6.02, 1);
    expect(clipping).toBe(false);
  });

  test("shows what was cut off for two seconds, and the loudest for three", () => {
    const measure = scaleMeter();
    expect(measure(sine(1), 0)).toMatchObject({ clipping: true });
    expect(measure(sine(0.1), 1_900)).toMatchObject({ clipping: true, peakDb: expect.closeTo(0, 1) });
    expect(measure(sine(0.1), 2_100)).toMatchObject({ clipping: false, peakDb: expect.closeTo(0, 1) });
    expect(measure(sine(0.1), 3_100).peakDb).toBeCloseTo(-20, 1);
  });

  test("of silence says nothing at all, and lights nothing", () => {
    const { rmsDb, peakDb } = scaleMeter()(new Float32Array(2_048), 0);
    expect([rmsDb, peakDb]).toEqual([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]);
    expect([scaleLit(rmsDb, 40), scaleLit(-60, 40), scaleLit(-30, 40), scaleLit(0, 40)]).toEqual([
      0, 0, 20, 40,
    ]);
  });
});
