import { methodsOf } from "@/lib/auth/access";
import type { Env } from "@/lib/env";
import { corsHeaders } from "./cors";
import { ccpOriginOf, laptopOriginOf, securityHeaders } from "./headers";
import { problemResponse } from "./problem";

type Knocking = {
  method: string;
  /** Without the query. */
  path: string;
  origin: string | null;
  /** `access-control-request-method`, of a preflight. */
  asksFor: string | null;
};

/**
 * What stands before every JSON door, decided without looking inside: the headers of its answer, and the answer itself where there is no such door, no such
 * method, or only a preflight. Asked by our Node entry, and by the middleware where the host runs pages without it.
 *
 * @returns `answer` null: knock.
 */
export function dataDoor(
  { method, path, origin, asksFor }: Knocking,
  env: Pick<
    Env,
    "NODE_ENV" | "NEXT_PUBLIC_APP_URL" | "AWS_ENDPOINT_URL" | "LAN_LISTEN" | "CORS_ALLOWED_ORIGINS"
  >,
): { headers: Record<string, string>; answer: Response | null } {
  const headers = {
    ...securityHeaders(path, "", {
      https: env.NEXT_PUBLIC_APP_URL.startsWith("https:"),
      development: env.NODE_ENV === "development",
      laptopOrigin: laptopOriginOf(env),
      ccpOrigin: ccpOriginOf(env),
    }),
    ...corsHeaders(origin, env.CORS_ALLOWED_ORIGINS),
    vary: "origin",
  };
  if (method === "OPTIONS" && asksFor !== null)
    return { headers, answer: new Response(null, { status: 204 }) };
  return { headers, answer: wrongDoor(method, path) };
}

/** A path that has no door, or a method that this door doesn't have. */
function wrongDoor(method: string, path: string): Response | null {
  const methods = methodsOf(path);
  if (methods === null) return problemResponse({ code: "NOT_FOUND" });
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  const allow = { allow: allowed.join(", ") };
  if (method === "OPTIONS") return new Response(null, { status: 204, headers: allow });
  return allowed.includes(method)
    ? null
    : problemResponse({ code: "METHOD_NOT_ALLOWED" }, { headers: allow });
}
