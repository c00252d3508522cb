import { expect, test } from "vitest";
import { fleschKincaidGrade } from "./reading-grade";

test("short words in short sentences ask for little school, long ones for much", () => {
  expect(fleschKincaidGrade("The cat sat on the mat. It was warm.")).toBeLessThan(2);
  expect(
    fleschKincaidGrade(
      "Authentication necessitates verification of identification documentation preceding administrative authorisation of participation.",
    ),
  ).toBeGreaterThan(18);
});

test("a text without a sentence asks for none", () => {
  expect(fleschKincaidGrade("")).toBe(0);
});
