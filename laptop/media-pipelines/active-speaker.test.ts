import { expect, test } from "vitest";
import { ActiveSpeaker } from "./active-speaker";

/** Passes time in packets of 20 ms. `levels`: of who speaks. @returns whose picture it was at the end of each step. */
function open() {
  const speaker = new ActiveSpeaker();
  let nowMs = 1_000;
  return function pass(ms: number, showing: string[], levels: Record<string, number>): string | null {
    let chosen: string | null = null;
    for (let passed = 0; passed < ms; passed += 20) {
      nowMs += 20;
      for (const [id, level] of Object.entries(levels)) speaker.heard(id, level, nowMs);
      for (const id of showing) speaker.seen(id, nowMs);
      chosen = speaker.choose(nowMs);
    }
    return chosen;
  };
}

test("the picture is of whoever speaks, after a second of it", () => {
  const pass = open();
  expect(pass(500, ["anna", "ben"], { anna: 20 })).toBe("anna");
  expect(pass(800, ["anna", "ben"], { ben: 20 })).toBe("anna");
  expect(pass(1_500, ["anna", "ben"], { ben: 20 })).toBe("ben");
});

test("a cough, a voice hardly louder, and noise change nothing", () => {
  const pass = open();
  pass(1_000, ["anna", "ben"], { anna: 20 });
  expect(pass(400, ["anna", "ben"], { anna: 60, ben: 5 })).toBe("anna");
  expect(pass(3_000, ["anna", "ben"], { anna: 20, ben: 18 })).toBe("anna");
  expect(pass(3_000, ["anna", "ben"], { anna: 100, ben: 70 })).toBe("anna");
});

test("of those who show a picture: a voice without one leaves it where it is", () => {
  const pass = open();
  expect(pass(3_000, ["anna"], { ben: 10 })).toBe("anna");
});

test("who shows none any more gives it up at once to who does; where nobody does, it holds", () => {
  const pass = open();
  expect(pass(500, [], { anna: 20 })).toBeNull();
  expect(pass(1_000, ["anna", "ben"], { anna: 20 })).toBe("anna");
  expect(pass(2_500, ["ben"], { anna: 20 })).toBe("ben");
  expect(pass(5_000, [], { anna: 20 })).toBe("ben");
});
