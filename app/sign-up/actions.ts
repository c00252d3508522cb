"use server";

import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { confirmSignUp, resendCode } from "@/lib/accounts/confirm-sign-up";
import { signUp } from "@/lib/accounts/sign-up";
import { requestOrigin } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import { requestLanguage } from "../request-language";

export type SignUpState = {
  step: "apply" | "confirm";
  email: string;
  names: { firstName: string; lastName: string };
  refusal: string | null;
  news: string | null;
};

const application = z.object({
  email: input.email,
  password: input.password,
  firstName: input.name,
  lastName: input.name,
});
const typed = (data: FormData, name: string) => String(data.get(name) ?? "").slice(0, 320);

/** Makes an account, then asks for the code that was mailed. Whoever has one already sees the same page, and gets a mail. */
export async function signUpAction(_previous: SignUpState, data: FormData): Promise<SignUpState> {
  const [deps, { locale }, origin] = await Promise.all([doorDeps(), requestLanguage(), requestOrigin()]);
  const names = { firstName: typed(data, "firstName"), lastName: typed(data, "lastName") };
  const email = typed(data, "email");
  const refused = (refusal: string): SignUpState => ({ step: "apply", email, names, refusal, news: null });
  const given = application.safeParse(Object.fromEntries(data));
  if (!given.success) return refused(sentenceOf({ code: "EMAIL_INVALID" }, locale));
  const made = await signUp(deps, { client: "web", ...given.data, locale, origin });
  if (!made.ok) return refused(sentenceOf(made.error, locale));
  return { step: "confirm", email: given.data.email, names, refusal: null, news: null };
}

const proof = z.object({ email: input.email, code: input.code });

/** Confirms the address by its code, or sends the code anew (`again`). */
export async function confirmAction(previous: SignUpState, data: FormData): Promise<SignUpState> {
  const [deps, { locale }, origin] = await Promise.all([doorDeps(), requestLanguage(), requestOrigin()]);
  const email = typed(data, "email");
  const state = { ...previous, step: "confirm", email, refusal: null, news: null } as const;
  if (data.get("again") !== null) {
    const sent = await resendCode(deps, { client: "web", email, origin });
    const t = await getTranslations("signUp");
    return sent.ok ? { ...state, news: t("resent") } : { ...state, refusal: sentenceOf(sent.error, locale) };
  }
  const given = proof.safeParse(Object.fromEntries(data));
  if (!given.success) return { ...state, refusal: sentenceOf({ code: "CODE_REFUSED" }, locale) };
  const confirmed = await confirmSignUp(deps, { client: "web", ...given.data, origin });
  if (!confirmed.ok) return { ...state, refusal: sentenceOf(confirmed.error, locale) };
  redirect("/sign-in?done=confirmed");
}
