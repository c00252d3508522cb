import { expect, test } from "vitest";
import { NoticeSpeech } from "./notice-speech";

const tickMs = 200;
/** Each letter is a tick: `x` speech, `.` a quiet room. */
function listen(pattern: string) {
  const notes = new NoticeSpeech<string>();
  return [...pattern].flatMap((tick, i) =>
    notes.hear(new Map([["ana", tick === "x" ? 25 : 70]]), i * tickMs),
  );
}

test("a sentence is told while it is spoken, and once more when it is over, under one number", () => {
  const told = listen("..xxxxxxxxxx......");
  expect(told[0]).toMatchObject({ speaker: "ana", number: 1, startMs: 400, isPartial: true });
  expect(told.filter(({ isPartial }) => !isPartial)).toEqual([
    { speaker: "ana", number: 1, startMs: 400, endMs: 2200, isPartial: false },
  ]);
  expect(new Set(told.map(({ number }) => number))).toEqual(new Set([1]));
});

test("a pause for breath ends nothing, a cough is no speech, and a quiet room says nothing", () => {
  expect(listen("xxxx..xxxx......").filter(({ isPartial }) => !isPartial)).toHaveLength(1);
  expect(listen("...x..............")).toEqual([]);
  expect(listen("..................")).toEqual([]);
});

test("who never stops is told in pieces that a reader can follow", () => {
  const told = listen("x".repeat(120));
  expect(told.filter(({ isPartial }) => !isPartial).length).toBeGreaterThanOrEqual(2);
  expect(told.length).toBeLessThan(30);
});

test("two who speak at once are told apart", () => {
  const notes = new NoticeSpeech<string>();
  const loud = new Map([
    ["ana", 20],
    ["ben", 30],
  ]);
  const told = Array.from({ length: 5 }, (_, i) => notes.hear(loud, i * tickMs)).flat();
  expect(new Set(told.map(({ speaker, number }) => `${speaker} ${number}`)).size).toBe(2);
});
