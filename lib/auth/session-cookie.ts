import { decode, encode } from "next-auth/jwt";
import type { Env } from "@/lib/env";
import type { Keyring } from "@/lib/keyring/keyring";

/** Absolute life of a sign-in, and how long it may lie idle. Seconds. */
export const sessionMaxAgeSeconds = 12 * 3600;
export const sessionIdleSeconds = 30 * 60;

type Deps = { env: Env; keyring: Keyring };

export function isHttps(env: Env): boolean {
  return env.NEXT_PUBLIC_APP_URL.startsWith("https:");
}

/** `__Host-` makes browsers insist on https, this host and the whole path. */
export function sessionCookieName(env: Env): string {
  return isHttps(env) ? "__Host-vouchsafe.session" : "vouchsafe.session";
}

export function sessionCookieOptions(env: Env) {
  return {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isHttps(env),
    maxAge: sessionMaxAgeSeconds,
  } as const;
}

/** next-auth's secret: one for the installation, from the keyring and not from a setting. */
export function nextAuthSecret({ keyring }: Deps): string {
  return keyring.secret("next-auth").toString("base64url");
}

/** next-auth's encrypted cookie. It carries the session's random id and nothing else. */
export function sealSessionCookie(deps: Deps, sessionToken: string): Promise<string> {
  return encode({ token: { sid: sessionToken }, secret: nextAuthSecret(deps), maxAge: sessionMaxAgeSeconds });
}

/** @returns null for anything that we did not seal, or that is too old. */
export async function openSessionCookie(deps: Deps, value: string): Promise<string | null> {
  try {
    const token = await decode({ token: value, secret: nextAuthSecret(deps) });
    return typeof token?.sid === "string" ? token.sid : null;
  } catch {
    // Whatever was wrong with it, its bearer is nobody; there is nothing else to learn from a forged cookie.
    return null;
  }
}
