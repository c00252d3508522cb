import { describe, expect, test } from "vitest";
import { isLoopback, limitKeyOf, readOrigin } from "./origin";

const origin = (headers: Record<string, string>, proxy: "none" | "vercel" | "cloudfront" = "none") =>
  readOrigin(new Headers(headers), proxy).ip;

describe("where a request came from", () => {
  test("is what our own entry wrote, without the port or the IPv4-in-IPv6 dress", () => {
    expect(origin({ "x-forwarded-for": "203.0.113.9" })).toBe("203.0.113.9");
    expect(origin({ "x-forwarded-for": "::ffff:203.0.113.9" })).toBe("203.0.113.9");
    expect(origin({ "x-forwarded-for": "2001:db8::1" })).toBe("2001:db8::1");
  });

  test("cannot be chosen by a header that the operator's proxy doesn't write", () => {
    const forged = { "x-forwarded-for": "1.1.1.1", "x-real-ip": "2.2.2.2" };
    expect(origin({ ...forged, "cloudfront-viewer-address": "198.51.100.7:443" }, "cloudfront")).toBe(
      "198.51.100.7",
    );
    expect(origin({ ...forged, "x-vercel-forwarded-for": "198.51.100.8" }, "vercel")).toBe("198.51.100.8");
    expect(origin({ "cloudfront-viewer-address": "198.51.100.7:443" })).toBe("unknown");
  });

  test("is unknown rather than text of the client's", () => {
    expect(origin({ "x-forwarded-for": "'; DROP TABLE audit_log; --" })).toBe("unknown");
    expect(origin({})).toBe("unknown");
  });

  test("a browser's long name is cut, not refused", () => {
    expect(readOrigin(new Headers({ "user-agent": "x".repeat(9_000) }), "none").userAgent).toHaveLength(512);
  });
});

describe("what a limit counts by", () => {
  test("one household or phone is one, however many IPv6 addresses it takes", () => {
    expect(limitKeyOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(limitKeyOf("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
    expect(limitKeyOf("2001:0db8:0001:0002::")).toBe("2001:db8:1:2::/64");
    expect(limitKeyOf("2001:db8:1:3::9")).not.toBe(limitKeyOf("2001:db8:1:2::9"));
    expect(limitKeyOf("::1")).toBe("0:0:0:0::/64");
    expect(limitKeyOf("203.0.113.9")).toBe("203.0.113.9");
  });

  test("this machine is known in both families", () => {
    expect([isLoopback("127.0.0.1"), isLoopback("::1"), isLoopback("128.0.0.1")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
