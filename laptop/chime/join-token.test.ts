import fc from "fast-check";
import { expect, test } from "vitest";
import { everything } from "./control/capabilities";
import { joinTokens } from "./join-token";

const tokens = joinTokens(Buffer.from("a secret"));
const claims = {
  meetingId: "11111111-0000-4000-8000-000000000000",
  attendeeId: "22222222-0000-4000-8000-000000000000",
  externalUserId: "José «1»",
  capabilities: { ...everything, Video: "None" as const },
  issuedAtMs: 1_700_000_000_000,
};
const token = tokens.mint(claims);

test("says who may join what, and fits where a browser carries it", () => {
  expect(tokens.read(token)).toEqual(claims);
  expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/);
  expect(token.length).toBeLessThan(2048);
});

test("another server's token is nothing here", () => {
  expect(joinTokens(Buffer.from("another secret")).read(token)).toBeNull();
});

test("changed, cut, padded or encoded otherwise, it is not the token", () => {
  for (let at = 0; at < token.length; at++)
    for (const letter of ["A", "B", "_", "=", "."])
      if (token[at] !== letter)
        expect(tokens.read(token.slice(0, at) + letter + token.slice(at + 1))).toBeNull();
  for (const other of [
    `${token}=`,
    ` ${token}`,
    `${token}.x`,
    token.split(".")[0]!,
    "",
    ".",
    `${token}${token}`,
  ])
    expect(tokens.read(other)).toBeNull();
});

test("no text whatever makes it throw or passes", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ maxLength: 300 }), fc.base64String({ maxLength: 300 })),
      (text) => tokens.read(text) === null,
    ),
    { numRuns: 10_000 },
  );
});
