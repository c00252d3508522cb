"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { homeOf } from "@/lib/auth/access";
import { ownNext } from "@/lib/auth/own-next";
import { requestOrigin } from "@/lib/auth/require-staff";
import { sealSessionCookie, sessionCookieName, sessionCookieOptions } from "@/lib/auth/session-cookie";
import { finishSignInBrowser, recoverSignInBrowser, signInBrowser } from "@/lib/auth/sign-in-browser";
import { phoneWords } from "@/lib/call/time-words";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { takeInvitation } from "../(customer)/kept-invitation";
import { requestLanguage } from "../request-language";

const session = z.string().min(1).max(8192);
const form = z.union([
  z.object({ step: z.literal("code"), session, code: input.code }),
  z.object({
    step: z.literal("recover"),
    session,
    password: input.password,
    code: z.string().min(1).max(64),
  }),
  z.object({ step: z.literal("own"), session, password: input.password }),
  z.object({ step: z.undefined().optional(), email: input.email, password: input.password }),
]);

export type SignInState = { refusal: string | null; email: string } & (
  | { step: "password" }
  /** `session`: ours, sealed; what the second step is answered with. */
  | { step: "code" | "own"; session: string }
);

/** Signs the browser in and goes on. The cookie holds a session id; Cognito's tokens never reach the browser. */
export async function signInAction(previous: SignInState, data: FormData): Promise<SignInState> {
  const email = String(data.get("email") ?? "").slice(0, 320);
  const given = form.safeParse(Object.fromEntries(data));
  const t = await getTranslations("signIn.refusal");
  if (!given.success) return { ...previous, refusal: t(previous.step === "code" ? "code" : "empty"), email };
  const deps = await doorDeps();
  const origin = await requestOrigin();
  const signedIn =
    given.data.step === undefined
      ? await signInBrowser(deps, { ...given.data, origin })
      : given.data.step === "recover"
        ? await recoverSignInBrowser(deps, {
            ...given.data,
            locale: (await requestLanguage()).locale,
            origin,
          })
        : await finishSignInBrowser(deps, {
            session: given.data.session,
            answer:
              given.data.step === "code" ? { code: given.data.code } : { newPassword: given.data.password },
            origin,
          });
  if (!signedIn.ok) {
    const refusal = signedIn.error;
    if (refusal.code === "CHALLENGE" && refusal.challenge in steps)
      return { step: steps[refusal.challenge]!, session: refusal.session, refusal: null, email };
    const phone = phoneWords((await clinicOf(deps)).phone);
    const told = { refusal: sentenceFor(t, refusal, phone), email };
    const goesOn = refusal.code === "CODE_REFUSED" || refusal.code === "PASSWORD_WEAK";
    if (given.data.step === "recover" && goesOn)
      return { step: "code", session: given.data.session, refusal: t("recover"), email };
    return goesOn && given.data.step !== undefined && given.data.step !== "recover"
      ? { step: given.data.step, session: given.data.session, ...told }
      : { step: "password", ...told };
  }
  (await cookies()).set(
    sessionCookieName(deps.env),
    await sealSessionCookie(deps, signedIn.value.sessionToken),
    sessionCookieOptions(deps.env),
  );
  const next = String(data.get("next") ?? "");
  if (signedIn.value.role === "customer") redirect(takeInvitation(await cookies()) ?? ownNext(next));
  redirect(safeNext(next) ?? homeOf(signedIn.value.role));
}

/** Cognito's names of the second steps that this page can take. */
const steps: Record<string, "code" | "own"> = { SOFTWARE_TOKEN_MFA: "code", NEW_PASSWORD_REQUIRED: "own" };

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
      return t("reset");
    case "CHALLENGE":
      return t("other", { phone });
    case "CODE_REFUSED":
      return t("code");
    case "CHALLENGE_OVER":
      return t("over");
    case "PASSWORD_WEAK":
      return t("weak");
    case "IDENTITY_THROTTLED":
    case "IDENTITY_UNAVAILABLE":
    case "IDENTITY_NOT_CONFIGURED":
      return t("away", { phone });
  }
}

/** Only our own staff pages: a link to this page must not send anybody elsewhere. */
function safeNext(next: string): string | null {
  return /^\/(admin|desk)(\/[\w/-]*)?$/.test(next) ? next : null;
}
