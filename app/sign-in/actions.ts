"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requestOrigin } from "@/lib/auth/require-staff";
import { sealSessionCookie, sessionCookieName, sessionCookieOptions } from "@/lib/auth/session-cookie";
import { signInBrowser } from "@/lib/auth/sign-in-browser";
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
  const t = await getTranslations("signIn.refusal");
  if (!given.success) return { refusal: t("empty"), email };
  const deps = await doorDeps();
  const signedIn = await signInBrowser(deps, { ...given.data, origin: await requestOrigin() });
  if (!signedIn.ok)
    return { refusal: sentenceFor(t, signedIn.error, phoneWords((await clinicOf(deps)).phone)), email };
  (await cookies()).set(
    sessionCookieName(deps.env),
    await sealSessionCookie(deps, signedIn.value.sessionToken),
    sessionCookieOptions(deps.env),
  );
  redirect(signedIn.value.role === "customer" ? "/" : safeNext(given.data.next));
}

type Refusal = Extract<Awaited<ReturnType<typeof signInBrowser>>, { ok: false }>["error"];

type Words = Awaited<ReturnType<typeof getTranslations<"signIn.refusal">>>;

function sentenceFor(t: Words, refusal: Refusal, phone: string): string {
  switch (refusal.code) {
    case "CREDENTIALS_REFUSED":
      return t("wrong");
    case "SIGN_IN_LIMITED":
      return t("limited", { minutes: Math.ceil(refusal.retryAfterSeconds / 60), phone });
    case "ACCOUNT_UNCONFIRMED":
      return t("unconfirmed");
    case "PASSWORD_RESET_REQUIRED":
      return t("reset", { phone });
    case "CHALLENGE":
      return t("challenge", { phone });
    case "CODE_REFUSED":
    case "CHALLENGE_OVER":
    case "PASSWORD_WEAK":
    case "IDENTITY_THROTTLED":
    case "IDENTITY_UNAVAILABLE":
      return t("away", { phone });
  }
}

/** Only our own staff pages: a link to this page must not send anybody elsewhere. */
function safeNext(next: string | undefined): string {
  return next && /^\/admin(\/[\w/-]*)?$/.test(next) ? next : "/admin";
}
