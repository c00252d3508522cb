"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Field } from "@/components/ui/field";
import { Icon } from "./icons";

/** What came of a form: a refusal, or good news. Told by a screen reader as it comes. */
export function Outcome({ refusal, news }: { refusal?: string | null; news?: string | null }) {
  return (
    <div className="told">
      <div role="alert">
        {refusal ? (
          <p className="banner banner--danger">
            <Icon name="warn" />
            <span>{refusal}</span>
          </p>
        ) : null}
      </div>
      <div role="status">
        {news ? (
          <p className="banner banner--good">
            <Icon name="good" />
            <span>{news}</span>
          </p>
        ) : null}
      </div>
    </div>
  );
}

type PasswordProps = {
  id: string;
  label: string;
  hint?: string;
  wrong?: boolean;
  autoComplete: "current-password" | "new-password";
};
export function PasswordField({ id, label, hint, wrong, autoComplete }: PasswordProps) {
  const t = useTranslations("signIn");
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label} hint={hint} wrong={wrong}>
      {(tied) => (
        <span className="pw">
          <input
            {...tied}
            className="input"
            name={id}
            type={shown ? "text" : "password"}
            autoComplete={autoComplete}
            maxLength={256}
            dir="ltr"
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
  );
}

/** `fixed`: shown to be read, and not sent. */
type EmailProps = { label: string; value?: string; wrong?: boolean; fixed?: boolean };
export function EmailField({ label, value, wrong, fixed = false }: EmailProps) {
  return (
    <Field id="email" label={label} wrong={wrong}>
      {(tied) => (
        <input
          {...tied}
          className="input"
          name={fixed ? undefined : "email"}
          readOnly={fixed}
          type="email"
          autoComplete="username"
          maxLength={128}
          dir="ltr"
          required
          defaultValue={value}
        />
      )}
    </Field>
  );
}

type CodeProps = { label: string; wrong?: boolean };
/** Six digits, which a phone offers from the mail or the app by itself. */
export function CodeField({ label, wrong }: CodeProps) {
  return (
    <Field id="code" label={label} wrong={wrong}>
      {(tied) => (
        <input
          {...tied}
          className="input"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          dir="ltr"
          required
        />
      )}
    </Field>
  );
}

type SendProps = { pending: boolean; quiet?: boolean; children: ReactNode };
export function Send({ pending, quiet = false, children }: SendProps) {
  const t = useTranslations("signIn");
  const look = `btn btn--wide${quiet ? " btn--quiet" : ""}${pending ? " is-busy" : ""}`;
  return (
    <button type="submit" className={look} aria-disabled={pending}>
      {pending ? t("busy") : children}
    </button>
  );
}
