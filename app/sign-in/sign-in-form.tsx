"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import { CodeField, EmailField, Outcome, PasswordField, Send } from "../form-parts";
import { type SignInState, signInAction } from "./actions";

const fresh: SignInState = { step: "password", refusal: null, email: "" };

/** The password, and the second step where the account has one. Each step is a form of its own, so that a reader is told of it. */
export function SignInForm({ next, news }: { next?: string; news: string | null }) {
  const t = useTranslations("signIn");
  const [state, submit, pending] = useActionState(signInAction, fresh);
  const [lost, setLost] = useState(false);
  const bad = state.refusal !== null && !pending;
  const told = <Outcome refusal={bad ? state.refusal : null} news={state === fresh ? news : null} />;
  const kept = next ? <input type="hidden" name="next" value={next} /> : null;
  if (state.step === "password")
    return (
      <form className="stack" action={submit} key="password">
        {kept}
        {told}
        <EmailField label={t("email")} wrong={bad} value={state.email} />
        <PasswordField id="password" label={t("password")} wrong={bad} autoComplete="current-password" />
        <Send pending={pending}>{t("submit")}</Send>
      </form>
    );
  const app = state.step === "code";
  if (app && lost)
    return (
      <form className="stack" action={submit} key="recover">
        {kept}
        <input type="hidden" name="step" value="recover" />
        <input type="hidden" name="session" value={state.session} />
        <input type="hidden" name="email" value={state.email} />
        <div role="status">
          <h2>{t("recoverTitle")}</h2>
          <p className="soft">{t("recoverSay")}</p>
        </div>
        {told}
        <PasswordField id="password" label={t("password")} wrong={bad} autoComplete="current-password" />
        <Field id="code" label={t("recoveryCode")} wrong={bad}>
          {(tied) => (
            <input
              {...tied}
              className="input"
              name="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={64}
              dir="ltr"
              required
            />
          )}
        </Field>
        <Send pending={pending}>{t("goOn")}</Send>
        <a className="btn btn--ghost btn--wide" href="/sign-in">
          {t("again")}
        </a>
      </form>
    );
  return (
    <form className="stack" action={submit} key={state.step}>
      {kept}
      <input type="hidden" name="step" value={state.step} />
      <input type="hidden" name="session" value={state.session} />
      <input type="hidden" name="email" value={state.email} />
      <div role="status">
        <h2>{t(app ? "codeTitle" : "ownTitle")}</h2>
        <p className="soft">{t(app ? "codeSay" : "ownSay")}</p>
      </div>
      {told}
      {app ? (
        <CodeField label={t("code")} wrong={bad} />
      ) : (
        <PasswordField id="password" label={t("password")} wrong={bad} autoComplete="new-password" />
      )}
      <Send pending={pending}>{t("goOn")}</Send>
      {app ? (
        <button type="button" className="btn btn--ghost btn--wide" onClick={() => setLost(true)}>
          {t("lost")}
        </button>
      ) : null}
      <a className="btn btn--ghost btn--wide" href="/sign-in">
        {t("again")}
      </a>
    </form>
  );
}
