"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { forgotPassword, resetPassword } from "@/lib/accounts/reset-password";
import { requestOrigin } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import { requestLanguage } from "../request-language";

export type ForgotState = { step: "ask" | "set"; email: string; refusal: string | null };

const proof = z.object({ email: input.email, code: input.code, password: input.password });

/** Mails a code, then sets the new password by it. The page is the same whoever has an account. */
export async function forgotAction(previous: ForgotState, data: FormData): Promise<ForgotState> {
  const [deps, { locale }, origin] = await Promise.all([doorDeps(), requestLanguage(), requestOrigin()]);
  const email = String(data.get("email") ?? "")
    .trim()
    .slice(0, 320);
  const refused = (refusal: Parameters<typeof sentenceOf>[0]): ForgotState => ({
    ...previous,
    email,
    refusal: sentenceOf(refusal, locale),
  });
  if (previous.step === "ask") {
    if (!email.includes("@")) return refused({ code: "EMAIL_INVALID" });
    const sent = await forgotPassword(deps, { client: "web", email, origin });
    return sent.ok ? { step: "set", email, refusal: null } : refused(sent.error);
  }
  const given = proof.safeParse(Object.fromEntries(data));
  if (!given.success) return refused({ code: "CODE_REFUSED" });
  const reset = await resetPassword(deps, { client: "web", ...given.data, locale, origin });
  if (!reset.ok) return refused(reset.error);
  redirect("/sign-in?done=changed");
}
