import fc from "fast-check";
import { expect, test } from "vitest";
import { settleClientAddress } from "./client-address";

const settle = (headers: Record<string, string>, trusted: "none" | "vercel" | "cloudfront") => {
  settleClientAddress(headers, { remoteAddress: "::ffff:192.0.2.7", trusted, scheme: "https" });
  return headers;
};
const settled = { "x-vouchsafe-settled": expect.stringMatching(/^[\w-]{43}$/) };

test("a client cannot choose its address: without a trusted proxy the socket's counts", () => {
  const headers = settle(
    {
      host: "app.example",
      "x-forwarded-for": "203.0.113.9",
      "x-real-ip": "203.0.113.9",
      forwarded: "for=203.0.113.9",
    },
    "none",
  );
  expect(headers).toEqual({
    host: "app.example",
    "x-forwarded-for": "192.0.2.7",
    "x-real-ip": "192.0.2.7",
    "x-forwarded-proto": "https",
    "x-forwarded-host": "app.example",
    ...settled,
  });
});

test("what this server sends to itself keeps the address and host of whoever asked; nobody else can claim to be it", () => {
  const first = settle({ host: "app.example" }, "none");
  const again = { ...first, host: "127.0.0.1:4500" };
  settleClientAddress(again, { remoteAddress: "127.0.0.1", trusted: "none", scheme: "http" });
  expect(again).toMatchObject({
    "x-forwarded-for": "192.0.2.7",
    "x-forwarded-host": "app.example",
    "x-forwarded-proto": "https",
  });
  const forged = settle(
    { host: "app.example", "x-forwarded-for": "203.0.113.9", "x-vouchsafe-settled": "x".repeat(43) },
    "none",
  );
  expect(forged).toMatchObject({ "x-forwarded-for": "192.0.2.7", ...settled });
});

test("a client cannot choose the host that server actions compare their origin with", () => {
  const headers = settle({ host: "app.example", "x-forwarded-host": "evil.example" }, "none");
  expect(headers["x-forwarded-host"]).toBe("app.example");
});

test("behind CloudFront its viewer address counts, in both families, and a forged list does not", () => {
  const from = (viewer: string) =>
    settle({ "cloudfront-viewer-address": viewer, "x-forwarded-for": "203.0.113.9" }, "cloudfront")[
      "x-forwarded-for"
    ];
  expect(from("198.51.100.1:46532")).toBe("198.51.100.1");
  expect(from("2001:db8::1:46532")).toBe("2001:db8::1");
  expect(from("nonsense")).toBe("192.0.2.7");
});

test("behind Vercel its own header counts", () => {
  expect(settle({ "x-vercel-forwarded-for": "198.51.100.4, 10.0.0.1" }, "vercel")["x-forwarded-for"]).toBe(
    "198.51.100.4",
  );
});

test("whatever a header holds, what comes out is one address", () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom("none" as const, "vercel" as const, "cloudfront" as const),
      (text, trusted) => {
        const headers = settle(
          { "x-forwarded-for": text, "cloudfront-viewer-address": text, "x-vercel-forwarded-for": text },
          trusted,
        );
        return /^[0-9a-fA-F.:%]+$/.test(headers["x-forwarded-for"] ?? "");
      },
    ),
    { numRuns: 10_000 },
  );
});
