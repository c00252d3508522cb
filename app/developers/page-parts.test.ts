import { describe, expect, test } from "vitest";
import { apiDocument } from "../api/openapi.json/document";
import { callsOf } from "./calls";
import { curlOf } from "./curl";
import { rowsOf, typeOf } from "./schema-rows";

const { document } = apiDocument();
const found = (q: string) => callsOf(document, q).map(({ method, path }) => `${method} ${path}`);

describe("a developer", () => {
  test("finds a call by its path, by its sentence and by what it refuses; without words, all of them", () => {
    expect(found("uninvite")).toEqual(["post /api/visits/{visitId}/guests/{guestId}/uninvite"]);
    expect(found("interpreter STUDENT")).toContain("post /api/visits/{visitId}/guests");
    expect(found("SLOT_TAKEN").sort()).toEqual(["patch /api/visits/{visitId}", "post /api/visits"]);
    expect(found("no-such-word")).toEqual([]);
    expect(found("").length).toBeGreaterThan(50);
  });

  test("copies a call that a shell takes as it is, an apostrophe in its body too", () => {
    const [call] = callsOf(document, "postVisitsVisitIdCancel");
    const operation = {
      ...call!.operation,
      requestBody: {
        required: true,
        content: { "application/json": { schema: {}, example: { reason: "Jane's day off" } } },
      },
    };
    expect(curlOf(call!.method, call!.path, operation)).toBe(
      [
        `curl -X POST "$APP/api/visits/$VISIT_ID/cancel"`,
        `-H "X-Admin-Key: $KEY"`,
        `-H "Content-Type: application/json"`,
        `-d '{"reason":"Jane'\\''s day off"}'`,
      ].join(" \\\n  "),
    );
  });

  test("reads every member, those inside others too, with its kind and whether it may be null", () => {
    const schema = {
      type: "object",
      required: ["at"],
      properties: {
        at: { type: ["string", "null"], format: "date-time" },
        people: {
          type: "array",
          items: { type: "object", properties: { party: { $ref: "#/components/schemas/Party" } } },
        },
      },
    };
    expect(rowsOf(schema).map(({ name, required }) => `${name} ${required}`)).toEqual([
      "at true",
      "people false",
      "people[].party false",
    ]);
    expect(typeOf(schema.properties.at)).toEqual([{ text: "date-time | null" }]);
    expect(rowsOf(schema)[2]?.type).toEqual([{ shape: "Party" }]);
  });
});
