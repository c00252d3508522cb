import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Described } from "./described";
import { type ProblemFacts, problemOf } from "./problem";
import { flawsOf } from "./prove-answer";

const door: Described = {
  route: "GET /api/visits/[visitId]",
  summary: "A visit.",
  answer: z.object({ visitId: z.guid(), people: z.array(z.object({ name: z.string() })) }),
  refuses: ["SLOT_TAKEN"],
};
const visitId = "11111111-1111-4111-8111-111111111111";
const json = (value: unknown, status = 200) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
  });
const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ ...problemOf({ code } as ProblemFacts), status }), {
    status,
    headers: { "content-type": "application/problem+json" },
  });

describe("what a door says of its answers", () => {
  test("is true of what it describes, and the answer can still be read", async () => {
    const answer = json({ visitId, people: [{ name: "Jane" }] });
    expect(await flawsOf(door, answer)).toEqual([]);
    expect(await answer.json()).toHaveProperty("visitId");
  });

  test("is a lie where a member is undeclared, missing or of another kind, or the status is another", async () => {
    expect(await flawsOf(door, json({ visitId, people: [{ name: "Jane", born: 1960 }], note: 1 }))).toEqual([
      "people.0.born: not declared",
      "note: not declared",
    ]);
    expect(await flawsOf(door, json({ visitId }))).toEqual([expect.stringMatching(/^people: /)]);
    expect(await flawsOf(door, json({ visitId: "7", people: [] }))).toEqual([
      expect.stringMatching(/^visitId: /),
    ]);
    expect(await flawsOf(door, json({ visitId, people: [] }, 201))).toEqual(["answers 201"]);
    expect(await flawsOf(door, new Response("a,b", { headers: { "content-type": "text/csv" } }))).toEqual([
      "answers text/csv",
    ]);
  });

  test("is a lie where it refuses with a code or a status that it does not name", async () => {
    expect(await flawsOf(door, problem("SLOT_TAKEN", 409))).toEqual([]);
    expect(await flawsOf(door, problem("SIGN_IN_REQUIRED", 401))).toEqual([]);
    expect(await flawsOf(door, problem("SLOT_TAKEN", 400))).toEqual(["refuses SLOT_TAKEN with 400"]);
    expect(await flawsOf(door, problem("CHAT_FULL", 409))).toEqual([
      "refuses CHAT_FULL, which it does not name",
    ]);
    expect(await flawsOf(door, problem("FAULT", 500))).toEqual([]);
  });
});
