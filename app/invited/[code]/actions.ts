"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { requestOrigin } from "@/lib/auth/require-staff";
import * as input from "@/lib/http/account-inputs";
import { doorDeps } from "@/lib/http/deps";
import { sentenceOf } from "@/lib/http/problem";
import { acceptInvitation } from "@/lib/staff/accept-invitation";
import { requestLanguage } from "../../request-language";

/** The code and a password, and nothing else: who they are and what they may do stands in the invitation. */
const form = z.object({ code: z.string().min(1).max(64), password: input.password });

export async function acceptAction(
  _previous: { refusal: string | null },
  data: FormData,
): Promise<{ refusal: string | null }> {
  const [deps, { locale }, origin] = await Promise.all([doorDeps(), requestLanguage(), requestOrigin()]);
  const given = form.safeParse(Object.fromEntries(data));
  if (!given.success) return { refusal: sentenceOf({ code: "PASSWORD_WEAK" }, locale) };
  const accepted = await acceptInvitation(deps, { ...given.data, origin });
  if (!accepted.ok) return { refusal: sentenceOf(accepted.error, locale) };
  redirect("/sign-in?done=joined");
}
