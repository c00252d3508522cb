"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { EmailField, Outcome, PasswordField, Send } from "../form-parts";
import { type SignUpState, signUpAction } from "./actions";
import { ConfirmForm } from "./confirm-form";

const fresh: SignUpState = {
  step: "apply",
  email: "",
  names: { firstName: "", lastName: "" },
  refusal: null,
  news: null,
};

export function SignUpForm() {
  const t = useTranslations("signUp");
  const [state, submit, pending] = useActionState(signUpAction, fresh);
  if (state.step === "confirm")
    return (
      <>
        <div role="status">
          <h2>{t("codeTitle")}</h2>
          <p className="soft">{t("codeSay", { email: state.email })}</p>
        </div>
        <ConfirmForm begun={state} />
      </>
    );
  const bad = state.refusal !== null && !pending;
  return (
    <form className="stack" action={submit}>
      <Outcome refusal={bad ? state.refusal : null} />
      {(["firstName", "lastName"] as const).map((name) => (
        <Field id={name} key={name} label={t(name)} hint={t("optional")}>
          {(tied) => (
            <input
              {...tied}
              className="input"
              name={name}
              autoComplete={name === "firstName" ? "given-name" : "family-name"}
              maxLength={100}
              defaultValue={state.names[name]}
            />
          )}
        </Field>
      ))}
      <EmailField label={t("email")} wrong={bad} value={state.email} />
      <PasswordField
        id="password"
        label={t("password")}
        hint={t("rule")}
        wrong={bad}
        autoComplete="new-password"
      />
      <Send pending={pending}>{t("submit")}</Send>
    </form>
  );
}
