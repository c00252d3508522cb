"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { EmailField, Outcome, PasswordField, Send } from "../../form-parts";
import { acceptAction } from "./actions";

/** The address is shown, and kept by a password manager; what is sent is the code and the password. */
export function AcceptForm({ code, email }: { code: string; email: string }) {
  const t = useTranslations("invited");
  const rule = useTranslations("signUp")("rule");
  const [state, submit, pending] = useActionState(acceptAction, { refusal: null });
  const bad = state.refusal !== null && !pending;
  return (
    <form className="stack" action={submit}>
      <input type="hidden" name="code" value={code} />
      <Outcome refusal={bad ? state.refusal : null} />
      <EmailField label={t("email")} value={email} fixed />
      <PasswordField
        id="password"
        label={t("password")}
        hint={rule}
        wrong={bad}
        autoComplete="new-password"
      />
      <Send pending={pending}>{t("submit")}</Send>
    </form>
  );
}
