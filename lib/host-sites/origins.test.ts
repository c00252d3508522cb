import { expect, test } from "vitest";
import { readOriginOf, readOrigins } from "./origins";

test.each([
  ["https://bank.example", "https://bank.example"],
  ["https://bank.example/", "https://bank.example"],
  ["https://BANK.example:443", "https://bank.example"],
  ["https://bank.example:8443", "https://bank.example:8443"],
  [" http://localhost:5173 ", "http://localhost:5173"],
  ["http://127.0.0.1:4600", "http://127.0.0.1:4600"],
])("%s is an origin", (written, origin) => expect(readOriginOf(written)).toBe(origin));

test.each([
  "http://bank.example",
  "https://*.bank.example",
  "https://bank.example/app",
  "https://bank.example?x",
  "https://bank.example#x",
  "https://user:word@bank.example",
  "https://bank.example; script-src *",
  "https://a.example https://b.example",
  "https://bank.example'unsafe-inline'",
  "http://localhost.evil.example",
  "http://127.0.0.1@evil.example",
  "javascript:alert(1)",
  "data:text/html,x",
  "null",
  "*",
  "'self'",
  "bank.example",
  `https://${"a".repeat(300)}.example`,
])("%s may frame nothing", (written) => expect(readOriginOf(written)).toBeNull());

test("a list has each once, names what it cannot read, and has an end", () => {
  expect(readOrigins("https://a.example\r\nhttps://a.example/\n\nhttps://b.example")).toEqual({
    origins: ["https://a.example", "https://b.example"],
  });
  expect(readOrigins("https://a.example\nftp://b.example")).toEqual({ wrong: "ftp://b.example" });
  expect(readOrigins(" \n ")).toBeNull();
  expect(readOrigins(Array.from({ length: 11 }, (_, n) => `https://${n}.example`).join("\n"))).toBeNull();
});
