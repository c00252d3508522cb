"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { requestOrigin } from "@/lib/auth/require-staff";
import { sealSessionCookie, sessionCookieName, sessionCookieOptions } from "@/lib/auth/session-cookie";
import { signInBrowser } from "@/lib/auth/sign-in";
import { phoneWords } from "@/lib/call/time-words";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";

const form = z.object({
  email: z.string().trim().min(1).max(320),
  password: z.string().min(1).max(256),
  next: z.string().optional(),
});

export type SignInState = { refusal: string | null; email: string };

/** Signs the browser in and goes on. The cookie holds a session id; Cognito's tokens never reach the browser. */
export async function signInAction(_previous: SignInState, data: FormData): Promise<SignInState> {
  const email = String(data.get("email") ?? "").slice(0, 320);
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return { refusal: "Type your email and your password.", email };
  const deps = await doorDeps();
  const signedIn = await signInBrowser(deps, { ...given.data, origin: await requestOrigin() });
  if (!signedIn.ok)
    return { refusal: sentenceFor(signedIn.error, phoneWords((await clinicOf(deps)).phone)), email };
  (await cookies()).set(
    sessionCookieName(deps.env),
    await sealSessionCookie(deps, signedIn.value.sessionToken),
    sessionCookieOptions(deps.env),
  );
  redirect(signedIn.value.role === "customer" ? "/" : safeNext(given.data.next));
}

type Refusal = Extract<Awaited<ReturnType<typeof signInBrowser>>, { ok: false }>["error"];

function sentenceFor(refusal: Refusal, phone: string): string {
  switch (refusal.code) {
    case "CREDENTIALS_REFUSED":
      return "That email and password don’t belong together. Check both and try again.";
    case "SIGN_IN_LIMITED": {
      const minutes = Math.ceil(refusal.retryAfterSeconds / 60);
      return `Too many tries. Wait ${minutes} min, then try again, or call ${phone}.`;
    }
    case "ACCOUNT_UNCONFIRMED":
      return "This account isn’t confirmed yet. Look for the code in your email first.";
    case "PASSWORD_RESET_REQUIRED":
      return `This password must be changed before you can sign in. Call ${phone} for a reset.`;
    case "CHALLENGE":
      return `This account asks for a second step that this page can’t take yet. Call ${phone} to sign in.`;
    case "IDENTITY_THROTTLED":
    case "IDENTITY_UNAVAILABLE":
      return `Sign-in doesn’t answer right now. Try again in a minute, or call ${phone}.`;
  }
}

/** Only our own staff pages: a link to this page must not send anybody elsewhere. */
function safeNext(next: string | undefined): string {
  return next && /^\/admin(\/[\w/-]*)?$/.test(next) ? next : "/admin";
}
