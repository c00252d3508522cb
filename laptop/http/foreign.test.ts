import { expect, test } from "vitest";
import { isForeign } from "./foreign";

const own = "127.0.0.1:4600";

test.each([
  ["a program, by address", "POST", { host: own }],
  ["a program, by localhost", "GET", { host: "localhost:4600" }],
  ["a program, by IPv6", "GET", { host: "[::1]:4600" }],
  ["a program, by another address of this machine", "GET", { host: "192.168.1.7:4600" }],
  ["a container's name that was told", "POST", { host: "Laptop:4600" }],
  ["our own page", "POST", { host: own, origin: `http://${own}`, "sec-fetch-site": "same-origin" }],
  [
    "a person who follows a link",
    "GET",
    { host: own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
  ],
])("%s comes in", (_, method, headers) => {
  expect(isForeign(method, headers, ["laptop"])).toBe(false);
});

test.each([
  ["a page of another site", "POST", { host: own, origin: "https://evil.test" }],
  ["a page on another port of this machine", "POST", { host: own, origin: "http://127.0.0.1:3000" }],
  ["a sandboxed frame", "POST", { host: own, origin: "null" }],
  [
    "a form that hides its origin",
    "POST",
    { host: own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
  ],
  [
    "a picture that names our address",
    "GET",
    { host: own, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
  ],
  ["a name rebound to this machine", "GET", { host: "evil.test" }],
  ["a name that begins like an address", "GET", { host: "127.0.0.1.evil.test:4600" }],
  ["no name at all", "GET", {}],
])("%s stays out", (_, method, headers) => {
  expect(isForeign(method, headers, ["laptop"])).toBe(true);
});
