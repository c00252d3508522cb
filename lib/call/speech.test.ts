import { expect, test } from "vitest";
import { speechDetector } from "./speech";

const loud = new Float32Array(512).fill(0.1);
const quiet = new Float32Array(512).fill(0.001);

function listen(pattern: [Float32Array, number][]) {
  const detect = speechDetector();
  let atMs = 0;
  let said = false;
  for (const [samples, forMs] of pattern)
    for (let passed = 0; passed < forMs; passed += 100) {
      said = detect(samples, atMs);
      atMs += 100;
    }
  return said;
}

test("half a second of speech is noticed, a cough and a quiet room aren't", () => {
  expect(listen([[loud, 600]])).toBe(true);
  expect(
    listen([
      [loud, 200],
      [quiet, 500],
    ]),
  ).toBe(false);
  expect(listen([[quiet, 60_000]])).toBe(false);
});

test("the word outlasts the pause between sentences, and goes when the talking stops", () => {
  const speech: [Float32Array, number] = [loud, 1_000];
  expect(listen([speech, [quiet, 3_000]])).toBe(true);
  expect(listen([speech, [quiet, 5_000]])).toBe(false);
});
