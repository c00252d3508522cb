import type { Locale } from "@/messages/locales";
import { type ProblemCode, type RefusalKind, refusalKinds, refusalWords, waitWords } from "./refusal-words";

export type ProblemFacts = { code: ProblemCode } & Readonly<Record<string, unknown>>;
export type FieldError = { path: string; message: string };

/** RFC 9457 members, and seed 4's beside them. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  error: string;
  message: string;
  action?: string;
  errors?: FieldError[];
};

/** A link's holder finds a closed visit gone; staff find it in a state that forbids. */
const goneForLinks: ReadonlySet<ProblemCode> = new Set(["VISIT_CANCELLED", "VISIT_ENDED"]);

/** @param audience `link`: whoever holds one. @param locale of title and detail; the codes are for programs and the same in all. */
export function problemOf(
  facts: ProblemFacts,
  audience: "link" | "caller" = "caller",
  locale: Locale = "en",
): Problem {
  const kind: RefusalKind = refusalKinds[facts.code];
  const { title, advice } = refusalWords(facts, locale);
  return {
    type: `urn:vouchsafe:problem:${facts.code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status: audience === "link" && goneForLinks.has(facts.code) ? 410 : kind.status,
    detail: advice,
    code: facts.code,
    error: facts.code,
    message: title,
    ...(kind.action ? { action: kind.action } : {}),
    ...(Array.isArray(facts.errors) ? { errors: facts.errors as FieldError[] } : {}),
  };
}

/** Seconds to wait, for refusals that say so. Never 0: a client would come back at once. */
function retryAfterSeconds(facts: ProblemFacts): number | null {
  if (typeof facts.retryAfterSeconds === "number") return Math.max(1, Math.ceil(facts.retryAfterSeconds));
  if (typeof facts.retryAfterMs === "number") return Math.max(1, Math.ceil(facts.retryAfterMs / 1000));
  return refusalKinds[facts.code].status === 503 ? 5 : null;
}

/** The answer for a refusal. `extra` adds or overrides members, where a seed asks for its own. */
export function problemResponse(
  facts: ProblemFacts,
  {
    audience = "caller" as "link" | "caller",
    locale = "en" as Locale,
    extra = {} as Record<string, unknown>,
    headers = {} as Record<string, string>,
  } = {},
): Response {
  const problem = { ...problemOf(facts, audience, locale), ...extra };
  const wait = retryAfterSeconds(facts);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "content-language": locale,
      "cache-control": "no-store",
      ...(wait === null ? {} : { "retry-after": String(wait) }),
      ...(problem.status === 401 ? { "www-authenticate": 'Bearer realm="vouchsafe"' } : {}),
      ...headers,
    },
  });
}

/** What a page says of a refusal: what happened and what to do, in one line. */
export function sentenceOf(facts: ProblemFacts, locale: Locale): string {
  const { title, detail } = problemOf(facts, "caller", locale);
  const wait = retryAfterSeconds(facts);
  return `${title}. ${wait !== null && wait > 60 ? waitWords(Math.ceil(wait / 60), locale) : detail}`;
}
