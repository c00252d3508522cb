import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import type { DoorDeps } from "@/lib/http/deps";
import { readOrigin } from "@/lib/http/origin";
import {
  isHttps,
  nextAuthSecret,
  sealSessionCookie,
  sessionCookieName,
  sessionCookieOptions,
  sessionMaxAgeSeconds,
} from "./session-cookie";
import { closeSession, readSession } from "./sessions";
import { signInBrowser } from "./sign-in-browser";

/**
 * next-auth over our own sessions: its cookie carries the random id of a row in `sessions`, and that row decides. So a sign-out, a
 * suspension or a refusal by Cognito takes effect at once, whatever the cookie says.
 */
export function nextAuthOptions(deps: DoorDeps, headers: Headers): NextAuthOptions {
  const { env } = deps;
  const origin = readOrigin(headers, env.TRUSTED_PROXY);
  return {
    secret: nextAuthSecret(deps),
    session: { strategy: "jwt", maxAge: sessionMaxAgeSeconds },
    useSecureCookies: isHttps(env),
    cookies: { sessionToken: { name: sessionCookieName(env), options: sessionCookieOptions(env) } },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        name: "Email and password",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(given) {
          const signedIn = await signInBrowser(deps, {
            email: given?.email ?? "",
            password: given?.password ?? "",
            origin,
          });
          if (!signedIn.ok) throw new Error(signedIn.error.code); // next-auth hands the message to the page as `error`
          return { id: signedIn.value.sessionToken };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      async session({ session, token }) {
        const live = await readSession(deps, await sealSessionCookie(deps, String(token.sid)));
        // A dead session must not look like one: next-auth takes an expiry in the past for signed out.
        return live
          ? { ...session, user: { name: live.name }, role: live.role }
          : { expires: new Date(0).toISOString() };
      },
    },
    events: {
      async signOut({ token }) {
        await closeSession(deps, await sealSessionCookie(deps, String(token.sid)), origin);
      },
    },
    logger: {
      error: (code) => deps.log.warn({ nextAuth: code }, "next-auth refused"),
      warn: (code) => deps.log.debug({ nextAuth: code }, "next-auth warns"),
      debug: () => undefined,
    },
  };
}
