import { describe, expect, test } from "vitest";
import { locales } from "@/messages/locales";
import { faultFacts } from "./faults";
import { problemOf, problemResponse, sentenceOf } from "./problem";
import { type ProblemCode, refusalKinds, refusalWords } from "./refusal-words";
import { requestLocale } from "./request-locale";

const codes = Object.keys(refusalKinds) as ProblemCode[];

describe("a refusal", () => {
  test.each(codes)("%s says what happened and what to do, in whole sentences", (code) => {
    const problem = problemOf({ code, reason: "R.", maxBytes: 1, state: "NV", on: "2026-11-23" });
    expect(problem.status).toBeGreaterThanOrEqual(400);
    expect(problem.title).toMatch(/^[A-Z].{5,60}[^.]$/);
    expect(problem.detail).toMatch(/^.{5,200}[.]$/);
    expect(JSON.stringify(problem)).not.toMatch(/undefined|null/);
  });

  test.each(locales.filter((locale) => locale !== "en"))(
    "every code has words of its own in %s",
    (locale) => {
      const facts = { reason: "R.", maxBytes: 1, state: "NV", on: "2026-11-23" };
      for (const code of codes) {
        const theirs = refusalWords({ code, ...facts }, locale);
        const english = refusalWords({ code, ...facts }, "en");
        expect(theirs.title, code).not.toBe(english.title);
        expect(theirs.advice, code).not.toBe(english.advice);
        expect(theirs.title, code).toMatch(/^\S.{4,80}[^.]$/u);
        expect(theirs.advice, code).toMatch(/^.{5,200}[.]$/u);
        expect(JSON.stringify(theirs), code).not.toMatch(/undefined|null|[{}]\w/);
      }
      expect(codes.length).toBeGreaterThan(60);
    },
  );

  test("is told in the reader's language where they ask for one, and means the same to a program", async () => {
    const ask = (headers: Record<string, string>) =>
      problemResponse({ code: "TOKEN_REUSED" }, { locale: requestLocale(new Headers(headers)) });
    const spanish = ask({ "accept-language": "es-MX,es;q=0.9,en;q=0.5" });
    expect(spanish.headers.get("content-language")).toBe("es");
    expect(await spanish.json()).toMatchObject({ code: "TOKEN_REUSED", title: "Este enlace ya se usó" });
    expect(ask({ cookie: "vs_language=ar", "accept-language": "es" }).headers.get("content-language")).toBe(
      "ar",
    );
    for (const nobodys of [
      {} as Record<string, string>,
      { "accept-language": "*" },
      { "accept-language": "tlh, \u00ff" },
    ])
      expect(await ask(nobodys).json()).toMatchObject({ title: "This link was already used" });
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
    const limited = { code: "RESEND_LIMITED", retryAfterSeconds: 1_300 } as const;
    expect(sentenceOf(limited, "en")).toBe("Enough links were sent. Wait 22 min.");
    expect(sentenceOf(limited, "es")).toBe("Ya se enviaron bastantes enlaces. Espere 22 min.");
  });
});

describe("a fault", () => {
  test("of an absent database asks to come back; the driver's words stay here", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { code: "ECONNREFUSED" });
    const facts = faultFacts(new Error("Failed query: select secret", { cause: refused }));
    expect(facts.code).toBe("DATABASE_UNAVAILABLE");
    expect(JSON.stringify(problemOf(facts))).not.toMatch(/secret|5432/);
  });

  test("of two that wrote the same at once asks the one to come back whose work was dropped", () => {
    const dropped = Object.assign(new Error("deadlock detected"), { code: "40P01" });
    expect(faultFacts(new Error("Failed query", { cause: dropped })).code).toBe("DATABASE_UNAVAILABLE");
  });

  test("of any other kind tells nothing of itself", () => {
    expect(faultFacts(new TypeError("x of undefined")).code).toBe("FAULT");
    expect(faultFacts("thrown text").code).toBe("FAULT");
    expect(faultFacts(Object.assign(new Error("kms"), { code: "ECONNREFUSED", $metadata: {} })).code).toBe(
      "FAULT",
    );
  });
});
