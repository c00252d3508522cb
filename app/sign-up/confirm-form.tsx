"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { CodeField, EmailField, Outcome, Send } from "../form-parts";
import { confirmAction, type SignUpState } from "./actions";

/** The code that was mailed. @param begun the address is known from the step before; without it, it is asked for. */
export function ConfirmForm({ begun }: { begun?: SignUpState }) {
  const t = useTranslations("signUp");
  const [state, submit, pending] = useActionState(confirmAction, {
    step: "confirm",
    email: begun?.email ?? "",
    names: { firstName: "", lastName: "" },
    refusal: null,
    news: null,
  });
  const bad = state.refusal !== null && !pending;
  return (
    <form className="stack" action={submit}>
      <Outcome refusal={bad ? state.refusal : null} news={pending ? null : state.news} />
      {begun ? (
        <input type="hidden" name="email" value={begun.email} />
      ) : (
        <EmailField label={t("email")} value={state.email} />
      )}
      <CodeField label={t("code")} wrong={bad} />
      <Send pending={pending}>{t("confirm")}</Send>
      <button
        type="submit"
        name="again"
        value="1"
        formNoValidate
        className="btn btn--quiet btn--wide"
        aria-disabled={pending}
      >
        {t("resend")}
      </button>
    </form>
  );
}
