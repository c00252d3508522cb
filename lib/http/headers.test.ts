import { describe, expect, test } from "vitest";
import { corsHeaders } from "./cors";
import { ccpOriginOf, type HeaderSettings, securityHeaders } from "./headers";
import { isSameOrigin } from "./same-origin";

const production: HeaderSettings = { https: true, development: false, laptopOrigin: null, ccpOrigin: null };
const laptop: HeaderSettings = {
  https: false,
  development: false,
  laptopOrigin: "http://127.0.0.1:4600",
  ccpOrigin: null,
};
const csp = (path: string, settings = production) =>
  securityHeaders(path, "N0nce", settings)["content-security-policy"]!;
const directive = (policy: string, name: string) =>
  policy.split("; ").find((one) => one.startsWith(`${name} `)) ?? "";

describe("a page's headers", () => {
  test.each(["/", "/admin", "/j/abc", "/sign-in"])(
    "%s runs only what carries this request's nonce",
    (path) => {
      for (const settings of [production, laptop]) {
        expect(directive(csp(path, settings), "script-src")).toBe(
          "script-src 'self' 'nonce-N0nce' 'strict-dynamic'",
        );
        expect(csp(path, settings)).not.toMatch(/unsafe-/);
        expect(csp(path, settings)).toContain("object-src 'none'");
        expect(csp(path, settings)).toContain("base-uri 'none'");
        expect(csp(path, settings)).toContain("frame-ancestors 'none'");
      }
    },
  );

  test("only the door and the device check may speak to the media endpoints: the vendor's, or this laptop's", () => {
    expect(directive(csp("/j/abc"), "connect-src")).toBe(
      "connect-src 'self' https://*.chime.aws wss://*.chime.aws",
    );
    expect(directive(csp("/j/abc", laptop), "connect-src")).toBe(
      "connect-src 'self' http://127.0.0.1:4600 ws://127.0.0.1:4600",
    );
    expect(directive(csp("/c/abc"), "connect-src")).toBe(directive(csp("/j/abc"), "connect-src"));
    expect(directive(csp("/admin"), "connect-src")).toBe("connect-src 'self'");
    expect(directive(csp("/january"), "connect-src")).toBe("connect-src 'self'");
  });

  test("a join link leaks into no Referer, and https is remembered for two years, only over https", () => {
    const headers = securityHeaders("/j/abc", "n", production);
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["strict-transport-security"]).toContain("max-age=63072000");
    expect(securityHeaders("/j/abc", "n", laptop)).not.toHaveProperty("strict-transport-security");
    expect(headers["permissions-policy"]).toContain(
      "camera=(self), microphone=(self), display-capture=(self)",
    );
  });

  test("nobody frames a page of ours but a registered site its own, whatever a client claims", () => {
    const frames = ["https://bank.example", "http://localhost:5173"];
    const held = { ...production, frames };
    expect(directive(csp("/embed/4f9c", held), "frame-ancestors")).toBe(
      "frame-ancestors https://bank.example http://localhost:5173",
    );
    expect(directive(csp("/embed/4f9c"), "frame-ancestors"), "unknown or suspended").toBe(
      "frame-ancestors 'none'",
    );
    for (const path of [
      "/support",
      "/",
      "/admin/people/sites",
      "/j/abc",
      "/embed",
      "/embed/4f9c/more",
      "/api/visits",
    ])
      expect(directive(csp(path, held), "frame-ancestors"), path).toBe("frame-ancestors 'none'");
  });

  test("other sites load the script and our page in theirs; nothing else of ours", () => {
    const shared = (path: string) => securityHeaders(path, "n", production)["cross-origin-resource-policy"];
    for (const path of ["/api/widget.js", "/embed/4f9c"]) expect(shared(path), path).toBe("cross-origin");
    for (const path of ["/support", "/api/start-call", "/api/widget.js/x"])
      expect(shared(path), path).toBe("same-origin");
  });

  test("an answer of the API may do nothing at all in a browser", () => {
    expect(csp("/api/visits")).toBe(
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    );
  });

  test("the contact centre's panel may stand in the desk, with camera and microphone, and in no other page", () => {
    const panel = "https://clinic.my.connect.aws";
    const connected = {
      ...production,
      ccpOrigin: ccpOriginOf({ NEXT_PUBLIC_CONNECT_CCP_URL: `${panel}/ccp-v2?a=1` }),
    };
    expect(directive(csp("/desk", connected), "frame-src")).toBe(`frame-src ${panel}`);
    expect(securityHeaders("/desk", "n", connected)["permissions-policy"]).toContain(
      `camera=(self "${panel}"), microphone=(self "${panel}")`,
    );
    for (const path of ["/", "/admin", "/j/abc", "/support", "/deskless"]) {
      expect(directive(csp(path, connected), "frame-src")).toBe("frame-src 'none'");
      expect(securityHeaders(path, "n", connected)["permissions-policy"]).not.toContain(panel);
    }
    expect(directive(csp("/desk"), "frame-src")).toBe("frame-src 'none'");
    // The laptop's desk speaks for its own phone.
    expect(
      ccpOriginOf({
        AWS_ENDPOINT_URL: "http://127.0.0.1:4600",
        NEXT_PUBLIC_CONNECT_CCP_URL: `${panel}/ccp-v2`,
      }),
    ).toBeNull();
  });

  test("only hot reload gets eval", () => {
    expect(csp("/", { ...laptop, development: true })).toContain("'unsafe-eval'");
  });
});

describe("another site", () => {
  test("reads our answers only if the operator listed it, and never with cookies", () => {
    expect(corsHeaders("https://portal.example", ["https://portal.example"])).toMatchObject({
      "access-control-allow-origin": "https://portal.example",
    });
    expect(corsHeaders("https://portal.example", ["https://portal.example"])).not.toHaveProperty(
      "access-control-allow-credentials",
    );
    for (const origin of ["https://evil.example", "https://portal.example.evil.example", "null", null])
      expect(corsHeaders(origin, ["https://portal.example"])).toBeNull();
  });

  test("cannot act with a visitor's cookies", () => {
    const own = ["https://app.example"];
    const same = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), own);
    expect(same({ "sec-fetch-site": "same-origin" })).toBe(true);
    expect(same({ origin: "https://app.example" })).toBe(true);
    for (const site of ["cross-site", "same-site", "none"])
      expect(same({ "sec-fetch-site": site, origin: "https://app.example" })).toBe(false);
    for (const origin of ["https://evil.example", "null", "http://app.example", "https://app.example:8443"])
      expect(same({ origin })).toBe(false);
    expect(same({})).toBe(false);
  });
});
