import { randomBytes, randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { keyringOf } from "@/lib/keyring/derive";
import { keepTyped, readTyped } from "./typed-form";

const keyring = keyringOf([{ id: randomUUID(), bytes: randomBytes(32) }]);
const names = ["state", "address", "callBack"];
const keep = (fields: Record<string, string>, code = "a2b3c4d5") =>
  keepTyped(keyring, { code, typed: { fields, flawed: ["callBack"] }, names, secure: true });
const sealedIn = (cookie: string) => /^vs_typed=([^;]*)/.exec(cookie)?.[1];

test("what was typed comes back to the link it was typed for, and to no other", () => {
  const cookie = sealedIn(keep({ state: "NY", address: "4 Elm Street", callBack: "555" }));
  expect(readTyped(keyring, "a2b3c4d5", cookie)).toEqual({
    fields: { state: "NY", address: "4 Elm Street", callBack: "555" },
    flawed: ["callBack"],
  });
  expect(readTyped(keyring, "zzzzzzzz", cookie)).toBeNull();
});

test("it is read by nobody on the way, sent to the door alone, and gone after ten minutes", () => {
  const cookie = keep({ address: "4 Elm Street" });
  expect(cookie).not.toMatch(/Elm/);
  expect(Buffer.from(sealedIn(cookie) ?? "", "base64url").toString("latin1")).not.toMatch(/Elm/);
  expect(cookie).toMatch(/Max-Age=600; Path=\/j; HttpOnly; SameSite=Lax; Secure$/);
});

test("only the form's own fields are kept, and the longest still fits a cookie", () => {
  const cookie = keep({ state: "NY", address: "ع".repeat(5_000), other: "x" });
  expect(cookie.length).toBeLessThan(4_000);
  expect(Object.keys(readTyped(keyring, "a2b3c4d5", sealedIn(cookie))?.fields ?? {})).toEqual(names);
});

test("a cookie of anybody's making is an empty form", () => {
  for (const odd of [undefined, "", "x", "AAAA", "%00", "a".repeat(5_000)])
    expect(readTyped(keyring, "a2b3c4d5", odd)).toBeNull();
});
