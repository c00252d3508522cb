"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Outcome, PasswordField, Send } from "../form-parts";
import { changePasswordAction } from "./actions";

export function PasswordCard() {
  const t = useTranslations("account");
  const rule = useTranslations("signUp")("rule");
  const [state, submit, pending] = useActionState(changePasswordAction, { refusal: null, news: null });
  const bad = state.refusal !== null && !pending;
  return (
    <form className="stack" action={submit}>
      <Outcome refusal={bad ? state.refusal : null} news={pending ? null : state.news} />
      <PasswordField id="old" label={t("old")} wrong={bad} autoComplete="current-password" />
      <PasswordField id="password" label={t("new")} hint={rule} autoComplete="new-password" />
      <Send pending={pending} quiet>
        {t("change")}
      </Send>
    </form>
  );
}
