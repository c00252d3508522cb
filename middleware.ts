import { type NextRequest, NextResponse } from "next/server";
import { methodsOf } from "@/lib/auth/access";
import { env } from "@/lib/env";
import {
  browserCookie,
  browserCookieMaxAgeSeconds,
  newBrowserId,
  readBrowserId,
} from "@/lib/http/browser-id";
import { corsHeaders } from "@/lib/http/cors";
import { laptopOriginOf, profileOf, securityHeaders } from "@/lib/http/headers";
import { problemResponse } from "@/lib/http/problem";

export const config = {
  runtime: "nodejs",
  // Files with hashed or fixed names carry no page: `next.config.ts` gives them their headers.
  matcher: ["/((?!_next/static|_next/image|fonts/).*)"],
};

/** Gives each request its nonce and its headers, the door its browser cookie, and listed origins their CORS answer. */
export default function middleware(request: NextRequest): NextResponse {
  const settings = env();
  const path = request.nextUrl.pathname;
  const profile = profileOf(path);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const headers = securityHeaders(path, nonce, {
    https: settings.NEXT_PUBLIC_APP_URL.startsWith("https:"),
    development: settings.NODE_ENV === "development",
    laptopOrigin: laptopOriginOf(settings),
  });

  if (profile === "data") {
    const cors = corsHeaders(request.headers.get("origin"), settings.CORS_ALLOWED_ORIGINS);
    if (request.method === "OPTIONS" && request.headers.has("access-control-request-method"))
      return new NextResponse(null, { status: 204, headers: { ...headers, ...cors, vary: "origin" } });
    return decorate(wrongDoor(request) ?? NextResponse.next(), { ...headers, ...cors, vary: "origin" });
  }

  const forwarded = new Headers(request.headers);
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  forwarded.set("x-nonce", nonce);
  if (profile !== "door") return decorate(NextResponse.next({ request: { headers: forwarded } }), headers);

  // Opening the door marks the browser and spends nothing; only a GET does, so a HEAD of a link scanner leaves no trace.
  const browserId = readBrowserId(request.cookies.get(browserCookie)?.value) || newBrowserId();
  if (request.method === "GET") {
    const others = request.cookies.getAll().filter(({ name }) => name !== browserCookie);
    forwarded.set(
      "cookie",
      [...others, { name: browserCookie, value: browserId }]
        .map(({ name, value }) => `${name}=${value}`)
        .join("; "),
    );
  }
  const response = decorate(NextResponse.next({ request: { headers: forwarded } }), headers);
  if (request.method === "GET")
    response.cookies.set(browserCookie, browserId, {
      httpOnly: true,
      sameSite: "lax",
      path: "/",
      secure: settings.NEXT_PUBLIC_APP_URL.startsWith("https:"),
      maxAge: browserCookieMaxAgeSeconds,
    });
  return response;
}

/** A path that has no door, or a method that this door doesn't have. Null: knock. */
function wrongDoor({ nextUrl, method }: NextRequest): NextResponse | null {
  const methods = methodsOf(nextUrl.pathname);
  if (methods === null) return asNext(problemResponse({ code: "NOT_FOUND" }));
  const allowed = [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"];
  if (method === "OPTIONS")
    return new NextResponse(null, { status: 204, headers: { allow: allowed.join(", ") } });
  if (allowed.includes(method)) return null;
  return asNext(problemResponse({ code: "METHOD_NOT_ALLOWED" }, { headers: { allow: allowed.join(", ") } }));
}

const asNext = (response: Response) => new NextResponse(response.body, response);

function decorate(response: NextResponse, headers: Record<string, string>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
