"use server";

import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { encode } from "uqr";
import { z } from "zod";
import { beginApp, finishApp, stopApp } from "@/lib/auth/authenticator-app";
import { changePassword } from "@/lib/auth/change-password";
import { accessTokenOf, endSession, signOutEverywhere } from "@/lib/auth/own-sessions";
import { makeRecoveryCodes } from "@/lib/auth/recovery-codes";
import { ownSession } from "@/lib/auth/require-staff";
import { sessionCookieName } from "@/lib/auth/session-cookie";
import * as input from "@/lib/http/account-inputs";
import { sentenceOf } from "@/lib/http/problem";
import { clinicOf } from "@/lib/notifications/clinic";
import { requestLanguage } from "../request-language";

/** Every action is a public POST: it asks first who is there. */
async function mine() {
  return (await ownSession()) ?? redirect("/sign-in");
}

export type Told = { refusal: string | null; news: string | null };

const change = z.object({ old: input.password, password: input.password });

export async function changePasswordAction(_previous: Told, data: FormData): Promise<Told> {
  const { deps, session, actor, origin } = await mine();
  const [{ locale }, t] = await Promise.all([requestLanguage(), getTranslations("account")]);
  const given = change.safeParse(Object.fromEntries(data));
  if (!given.success) return { refusal: t("oldWrong"), news: null };
  const accessToken = (await accessTokenOf(deps, session)) ?? redirect("/sign-in");
  const changed = await changePassword(deps, {
    actor,
    origin,
    sub: session.sub,
    accessToken,
    own: { sessionId: session.id },
    password: given.data.old,
    newPassword: given.data.password,
    locale,
  });
  if (changed.ok) return { refusal: null, news: t("changed") };
  const wrong = changed.error.code === "CREDENTIALS_REFUSED";
  return { refusal: wrong ? t("oldWrong") : sentenceOf(changed.error, locale), news: null };
}

/** `setUp`: the app is scanned or typed in, and its first code is awaited. */
export type AppState = Told & {
  on: boolean;
  setUp: { secret: string; picture: { path: string; size: number } } | null;
};

/** Sets an authenticator app up, in two steps (`begin`, `finish`), and turns it off again (`stop`, by the password). */
export async function appAction(previous: AppState, data: FormData): Promise<AppState> {
  const { deps, session, actor, origin } = await mine();
  const [{ locale }, t] = await Promise.all([requestLanguage(), getTranslations("account")]);
  const refused = (refusal: Parameters<typeof sentenceOf>[0]): AppState => ({
    ...previous,
    refusal: refusal.code === "CREDENTIALS_REFUSED" ? t("oldWrong") : sentenceOf(refusal, locale),
    news: null,
  });
  switch (data.get("step")) {
    case "begin": {
      const begun = await beginApp(deps, { session, issuer: (await clinicOf(deps)).name });
      if (!begun.ok) return refused(begun.error);
      const { secret, uri } = begun.value;
      return { on: false, refusal: null, news: null, setUp: { secret, picture: pictureOf(uri) } };
    }
    case "finish": {
      const code = input.code.safeParse(data.get("code"));
      if (!code.success) return refused({ code: "CODE_REFUSED" });
      const finished = await finishApp(deps, { session, actor, origin, code: code.data });
      if (!finished.ok) return refused(finished.error);
      if (session.owesSecondStep) redirect("/account?done=app");
      return { on: true, setUp: null, refusal: null, news: t("appDone") };
    }
    default: {
      const password = input.password.safeParse(data.get("password"));
      if (!password.success) return refused({ code: "CREDENTIALS_REFUSED" });
      const stopped = await stopApp(deps, { session, actor, origin, password: password.data });
      if (!stopped.ok) return refused(stopped.error);
      return { on: false, setUp: null, refusal: null, news: t("appStopped") };
    }
  }
}

/** A QR code (ISO/IEC 18004) as one path of unit squares, with the light margin that a camera needs. */
function pictureOf(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { border: 4 });
  const path = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return { path, size };
}

/** The codes are in the answer to whoever made them, once, and in no page. */
export type CodesState = { codes: string[]; refusal: string | null };

export async function recoveryCodesAction(_previous: CodesState): Promise<CodesState> {
  const { deps, session, actor, origin } = await mine();
  const { locale } = await requestLanguage();
  const limited = await deps.accountLimits.mail(origin, `recovery codes ${session.sub}`);
  const made = limited
    ? { ok: false as const, error: limited }
    : await makeRecoveryCodes(deps, { session, actor, locale });
  return made.ok
    ? { codes: made.value.codes, refusal: null }
    : { codes: [], refusal: sentenceOf(made.error, locale) };
}

export async function endSessionAction(data: FormData): Promise<void> {
  const { deps, session, actor } = await mine();
  const id = z.guid().safeParse(data.get("id"));
  if (id.success) await endSession(deps, { session, id: id.data, actor });
  redirect("/account");
}

export async function signOutEverywhereAction(): Promise<void> {
  const { deps, session, actor } = await mine();
  await signOutEverywhere(deps, { session, actor });
  (await cookies()).delete(sessionCookieName(deps.env));
  redirect("/sign-in?done=ended");
}
