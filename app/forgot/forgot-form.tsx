"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CodeField, EmailField, Outcome, PasswordField, Send } from "../form-parts";
import { type ForgotState, forgotAction } from "./actions";

const fresh: ForgotState = { step: "ask", email: "", refusal: null };

export function ForgotForm() {
  const t = useTranslations("forgot");
  const rule = useTranslations("signUp")("rule");
  const [state, submit, pending] = useActionState(forgotAction, fresh);
  const bad = state.refusal !== null && !pending;
  const told = <Outcome refusal={bad ? state.refusal : null} />;
  if (state.step === "ask")
    return (
      <form className="stack" action={submit} key="ask">
        <p className="soft">{t("say")}</p>
        {told}
        <EmailField label={t("email")} wrong={bad} value={state.email} />
        <Send pending={pending}>{t("submit")}</Send>
      </form>
    );
  return (
    <form className="stack" action={submit} key="set">
      <p className="soft" role="status">
        {t("codeSay", { email: state.email })}
      </p>
      <input type="hidden" name="email" value={state.email} />
      {told}
      <CodeField label={t("code")} wrong={bad} />
      <PasswordField
        id="password"
        label={t("password")}
        hint={rule}
        wrong={bad}
        autoComplete="new-password"
      />
      <Send pending={pending}>{t("set")}</Send>
    </form>
  );
}
