import { describe, expect, test } from "vitest";
import { faultFacts } from "./faults";
import { problemOf, problemResponse, sentenceOf } from "./problem";
import { type ProblemCode, refusalWords } from "./refusal-words";

const codes = Object.keys(refusalWords) as ProblemCode[];

describe("a refusal", () => {
  test.each(codes)("%s says what happened and what to do, in whole sentences", (code) => {
    const problem = problemOf({ code, reason: "R.", maxBytes: 1, state: "NV", on: "2026-11-23" });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.title).toMatch(/^[A-Z].{5,60}[^.]$/);
    expect(problem.detail).toMatch(/^.{5,200}[.]$/);
    expect(JSON.stringify(problem)).not.toMatch(/undefined|null/);
  });

  test("keeps the seed's words for a reused link", async () => {
    const response = problemResponse({ code: "TOKEN_REUSED" });
    expect(response.status).toBe(409);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      error: "TOKEN_REUSED",
      message: "This link was already used",
      action: "REQUEST_NEW_LINK",
    });
  });

  test("of a closed visit is 410 to a link's holder and 409 to staff", () => {
    expect(problemOf({ code: "VISIT_CANCELLED" }, "link").status).toBe(410);
    expect(problemOf({ code: "VISIT_CANCELLED" }).status).toBe(409);
  });

  test("that passes says when to come back, in whole seconds and never at once", () => {
    const waitOf = (facts: Parameters<typeof problemResponse>[0]) =>
      problemResponse(facts).headers.get("retry-after");
    expect(waitOf({ code: "CLOUD_THROTTLED", retryAfterMs: 1_200 })).toBe("2");
    expect(waitOf({ code: "GUESS_LIMITED", retryAfterSeconds: 0 })).toBe("1");
    expect(waitOf({ code: "DATABASE_UNAVAILABLE" })).not.toBeNull();
    expect(waitOf({ code: "VISIT_UNKNOWN" })).toBeNull();
  });

  test("for want of a sign-in names the scheme (RFC 9110 §11.6.1) and is kept by no cache", () => {
    const response = problemResponse({ code: "SIGN_IN_REQUIRED" });
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  test("reads well on a page", () => {
    expect(sentenceOf({ code: "RESEND_LIMITED", retryAfterSeconds: 1_300 })).toBe(
      "Enough links were sent. Wait 22 min.",
    );
  });
});

describe("a fault", () => {
  test("of an absent database asks to come back; the driver's words stay here", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
    const facts = faultFacts(new Error("Failed query: select secret", { cause: refused }));
    expect(facts.code).toBe("DATABASE_UNAVAILABLE");
    expect(JSON.stringify(problemOf(facts))).not.toMatch(/secret|5432/);
  });

  test("of any other kind tells nothing of itself", () => {
    expect(faultFacts(new TypeError("x of undefined")).code).toBe("FAULT");
    expect(faultFacts("thrown text").code).toBe("FAULT");
    expect(faultFacts(Object.assign(new Error("kms"), { code: "ECONNREFUSED", $metadata: {} })).code).toBe(
      "FAULT",
    );
  });
});
