import { type NextRequest, NextResponse } from "next/server";
import { type Env, env } from "@/lib/env";
import {
  browserCookie,
  browserCookieMaxAgeSeconds,
  newBrowserId,
  readBrowserId,
} from "@/lib/http/browser-id";
import { dataDoor } from "@/lib/http/data-door";
import { framesHeader, readFrames } from "@/lib/http/frames-header";
import { ccpOriginOf, laptopOriginOf, profileOf, securityHeaders } from "@/lib/http/headers";
import { isLocale, type Locale, languageCookie, languageCookieMaxAgeSeconds } from "@/messages/locales";

export const config = {
  runtime: "nodejs",
  // Files with hashed or fixed names carry no page: `next.config.ts` gives them their headers.
  matcher: [
    "/((?!_next/static|_next/image|fonts/|api/|auth/).*)",
    // Our Node entry has seen to these, at a tenth of the cost, and says so (`runtimes/web.ts`). Elsewhere this runs. A client that sends the header
    // itself gains nothing: every handler behind it asks `lib/auth/access.ts` too.
    { source: "/(api|auth)/:path*", missing: [{ type: "header", key: "x-vouchsafe-door" }] },
  ],
};

/** Gives each request its nonce and its headers, the door its browser cookie, and listed origins their CORS answer. */
export default function middleware(request: NextRequest): NextResponse {
  const settings = env();
  const path = request.nextUrl.pathname;
  const profile = profileOf(path);
  if (profile === "data") {
    const { method, headers: sent } = request;
    const { headers, answer } = dataDoor(
      { method, path, origin: sent.get("origin"), asksFor: sent.get("access-control-request-method") },
      settings,
    );
    return decorate(answer ? new NextResponse(answer.body, answer) : NextResponse.next(), headers);
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const headers = securityHeaders(path, nonce, {
    https: settings.NEXT_PUBLIC_APP_URL.startsWith("https:"),
    development: settings.NODE_ENV === "development",
    laptopOrigin: laptopOriginOf(settings),
    ccpOrigin: ccpOriginOf(settings),
    frames: readFrames(request.headers.get(framesHeader)),
  });

  const chosen = request.nextUrl.searchParams.get("language");
  if (request.method === "GET" && isLocale(chosen) && profile !== "embed")
    return decorate(chooseLanguage(request, chosen, settings), headers);

  const forwarded = new Headers(request.headers);
  forwarded.set("content-security-policy", headers["content-security-policy"] ?? "");
  forwarded.set("x-nonce", nonce);
  // The link's own patient has a language, and the root layout does not see a page's parameters.
  const code = profile === "door" ? path.split("/")[2] : undefined;
  if (code) forwarded.set("x-door", code);
  else forwarded.delete("x-door");
  const check = profile === "check" ? path.split("/")[2] : undefined;
  if (check) forwarded.set("x-check", check);
  else forwarded.delete("x-check");
  if (/^\/(admin|desk)(\/|$)/.test(path)) forwarded.set("x-staff", "1");
  else forwarded.delete("x-staff");
  // Inside a site's page the language is that site's, and no cookie of ours is kept there.
  if (profile === "embed" && isLocale(chosen)) forwarded.set("x-embed-language", chosen);
  else forwarded.delete("x-embed-language");
  // The patient's own pages are in the language of their record.
  if (/^\/(visits|support)(\/|$)/.test(path)) forwarded.set("x-own", "1");
  else forwarded.delete("x-own");
  if (profile !== "door" && profile !== "room")
    return decorate(NextResponse.next({ request: { headers: forwarded } }), headers);

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

/** Remembers what somebody chose, and shows the same page in it. */
function chooseLanguage({ nextUrl }: NextRequest, locale: Locale, settings: Env): NextResponse {
  const here = new URL(nextUrl.href); // whole, as Next demands; it sends a relative one to who came by another name
  // One slash: two would be another site's address.
  here.pathname = here.pathname.replace(/^[/\\]+/, "/");
  here.search = "";
  const response = NextResponse.redirect(here, 303);
  response.headers.set("cache-control", "no-store");
  response.cookies.set(languageCookie, locale, {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: settings.NEXT_PUBLIC_APP_URL.startsWith("https:"),
    maxAge: languageCookieMaxAgeSeconds,
  });
  return response;
}

function decorate(response: NextResponse, headers: Record<string, string>): NextResponse {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
