"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "../icons";
import { type SignInState, signInAction } from "./actions";

const fresh: SignInState = { refusal: null, email: "" };

export function SignInForm({ next }: { next?: string }) {
  const t = useTranslations("signIn");
  const [state, submit, pending] = useActionState(signInAction, fresh);
  const [shown, setShown] = useState(false);
  const bad = state.refusal !== null && !pending;
  return (
    <form className="stack" action={submit}>
      {next ? <input type="hidden" name="next" value={next} /> : null}
      <div role="alert">
        {bad ? (
          <p className="banner banner--danger">
            <Icon name="warn" />
            <span>{state.refusal}</span>
          </p>
        ) : null}
      </div>
      <Field id="email" label={t("email")} wrong={bad}>
        {(tied) => (
          <input
            {...tied}
            className="input"
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={state.email}
          />
        )}
      </Field>
      <Field id="password" label={t("password")} wrong={bad}>
        {(tied) => (
          <span className="pw">
            <input
              {...tied}
              className="input"
              name="password"
              type={shown ? "text" : "password"}
              autoComplete="current-password"
              required
            />
            <button
              type="button"
              className="btn btn--ghost"
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            >
              <Icon name="eye" />
              <span>
                {t.rich(shown ? "hide" : "show", { vh: (part) => <span className="vh">{part}</span> })}
              </span>
            </button>
          </span>
        )}
      </Field>
      <button
        type="submit"
        className={pending ? "btn btn--wide is-busy" : "btn btn--wide"}
        aria-disabled={pending}
      >
        {pending ? t("busy") : t("submit")}
      </button>
    </form>
  );
}
