import { describe, expect, test } from "vitest";
import { openKeypad, soundOfKeys } from "./keypad";
import { frameSamples, samplesPerSecond } from "./line";
import { chime, holdMusic } from "./tones";

const hertz: Record<string, [number, number]> = {};
for (const [row, low] of [697, 770, 852, 941].entries())
  for (const [column, high] of [1209, 1336, 1477, 1633].entries())
    hertz["123A456B789C*0#D"[row * 4 + column] ?? ""] = [low, high];

type Part = { tones: Array<[hertz: number, loud: number]>; ms: number };
const silence = (ms: number): Part => ({ tones: [], ms });
const key = (name: string, ms = 60, { off = 1, low = 6_000, high = 6_000 } = {}): Part => {
  const [one, other] = hertz[name] ?? [0, 0];
  return {
    tones: [
      [one * off, low],
      [other * off, high],
    ],
    ms,
  };
};

/** What is heard of such sound, cut into frames from somewhere within the first. */
function heard(parts: Part[], noise = 0): string {
  let found = "";
  const take = openKeypad((name) => {
    found += name;
  });
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  };
  const samples = [silence(7), ...parts, silence(60)].flatMap(({ tones, ms }) =>
    Array.from({ length: (ms * samplesPerSecond) / 1_000 }, (_, index) =>
      tones.reduce(
        (sum, [frequency, loud]) =>
          sum + loud * Math.sin((2 * Math.PI * frequency * index) / samplesPerSecond),
        noise * random(),
      ),
    ),
  );
  for (let at = 0; at + frameSamples <= samples.length; at += frameSamples)
    take(Int16Array.from(samples.slice(at, at + frameSamples)));
  return found;
}

describe("a telephone's keys are heard in sound", () => {
  test.each(Object.keys(hertz))("%s", (name) => expect(heard([key(name)])).toBe(name));
  test("a number, and the same key twice", () => {
    expect(heard([..."4711#"].flatMap((name) => [key(name), silence(60)]))).toBe("4711#");
  });
  test("one that is held counts once", () => expect(heard([key("5", 900)])).toBe("5"));
  test("with noise on the line", () => expect(heard([key("8", 80)], 6_000)).toBe("8"));
  test.each([0.985, 1.015])("from a telephone that is off by 1.5 %% (%f)", (off) =>
    expect(Object.keys(hertz).map((name) => heard([key(name, 80, { off })]))).toEqual(Object.keys(hertz)),
  );
});

describe("what is no key is none", () => {
  test.each([0.96, 1.04])("tones that are off by 4 %% (%f)", (off) =>
    expect(heard(["1", "5", "9", "D"].map((name) => key(name, 80, { off })))).toBe(""),
  );
  test("a click of 15 ms", () => expect(heard([key("5", 15)])).toBe(""));
  test("one tone alone, as of somebody who whistles", () =>
    expect(heard([{ tones: [[1_336, 9_000]], ms: 200 }])).toBe(""));
  test("a tone far louder than its other", () => expect(heard([key("5", 80, { high: 500 })])).toBe(""));
  test("whispers", () => expect(heard([key("5", 80, { low: 60, high: 60 })])).toBe(""));
  test("noise", () => expect(heard([silence(500)], 20_000)).toBe(""));
  test("our own music and chime", () => {
    const take = openKeypad(() => expect.unreachable());
    for (const frame of [...holdMusic(), ...chime()]) take(frame);
  });
});

test("music goes round in eight seconds, loud enough to hear and never too loud", () => {
  const frames = holdMusic();
  expect(frames).toHaveLength((8 * samplesPerSecond) / frameSamples);
  const peak = Math.max(...frames.map((frame) => Math.max(...frame)));
  expect(peak).toBeGreaterThan(3_000);
  expect(peak).toBeLessThan(20_000);
});

test("the sound of keys is heard as those keys, each once; what is no key makes none", () => {
  const heard: string[] = [];
  const hear = openKeypad((key) => heard.push(key));
  for (const frame of soundOfKeys("1990*0#5x")) hear(frame);
  expect(heard.join("")).toBe("1990*0#5");
});
