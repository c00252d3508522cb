import { expect, test } from "vitest";
import { readDemo } from "./demo";

const demo = {
  patientLink: "http://localhost:3000/j/abcd2345",
  clinicianLink: "http://localhost:3000/j/wxyz2345",
  accounts: [{ email: "jane@vouchsafe.test", password: "p", groups: ["clinician"] }],
  adminKey: "k",
};

test("the demo's answer is found among log lines", () => {
  expect(
    readDemo(`{"level":30,"msg":"seeding"}\n${JSON.stringify(demo)}\n{"level":30,"msg":"done"}\n`),
  ).toEqual(demo);
});

test("an answer that lacks a link is a failure, not an empty table", () => {
  expect(() => readDemo(JSON.stringify({ ...demo, clinicianLink: undefined }))).toThrow();
});
