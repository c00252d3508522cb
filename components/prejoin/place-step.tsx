import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { usStates } from "@/lib/kernel/us-states";
import type { ConsentPoint } from "@/lib/visits/consent";
import type { Locale } from "@/messages/locales";
import { Field } from "../ui/field";
import { HelpCard } from "../ui/help-card";
import { Icon } from "../ui/icon";

/**
 * Before the preview: where the patient is, and that they agree. A form of the browser's own: no script of ours has to load for it.
 * The referrer's policy of the other join pages would make an older browser send this form as from nowhere.
 */
export function PlaceStep(props: {
  code: string;
  clinician: string;
  locale: Locale;
  consent: { version: string; points: readonly ConsentPoint[] };
  /** The clinic has a number: none need be given. */
  phoneOnFile: boolean;
  /** Something was missing in what was sent. */
  again: boolean;
  /** What was typed then, and the fields that were not right. Null: nothing is known of it. */
  typed: { fields: Record<string, string>; flawed: string[] } | null;
  children: ReactNode;
}) {
  const t = useTranslations("place");
  const of = (name: string) => ({
    typed: props.typed?.fields[name] ?? "",
    flawed: props.typed?.flawed.includes(name) ?? false,
  });
  const named = of("emergencyName").typed !== "" || of("emergencyPhone").typed !== "";
  const states = useTranslations("states");
  return (
    <main className="page">
      <meta name="referrer" content="same-origin" />
      {props.children}
      <form
        className="card stack"
        method="post"
        action={`/api/door/${encodeURIComponent(props.code)}/arrival`}
        aria-labelledby="where"
      >
        <h2 id="where">{t("heading")}</h2>
        <p className="soft">{t("why", { name: props.clinician })}</p>
        {props.again ? (
          <p className="field__error" role="alert">
            <Icon name="warn" />
            <span>{t("again")}</span>
          </p>
        ) : null}
        <Field id="state" label={t("state")} wrong={of("state").flawed}>
          {(tied) => (
            <select {...tied} className="input" name="state" required defaultValue={of("state").typed}>
              <option value="">{t("choose")}</option>
              {usStates
                .map((code) => ({ code, name: states(code) }))
                .sort((one, other) => one.name.localeCompare(other.name, props.locale))
                .map(({ code, name }) => (
                  <option key={code} value={code}>
                    {name}
                  </option>
                ))}
            </select>
          )}
        </Field>
        <Line
          name="callBack"
          {...of("callBack")}
          label={t("callBack")}
          help={t(props.phoneOnFile ? "callBackOnFile" : "callBackNone")}
          kind="tel"
          required={!props.phoneOnFile}
        />
        <Line
          name="address"
          {...of("address")}
          label={t("address")}
          help={t("addressHelp")}
          kind="street-address"
        />
        <details className="more" open={named}>
          <summary>{t("emergency")}</summary>
          <div className="stack stack--tight">
            <Line
              name="emergencyName"
              {...of("emergencyName")}
              label={t("emergencyName")}
              kind="off"
              most={80}
            />
            <Line
              name="emergencyPhone"
              {...of("emergencyPhone")}
              label={t("emergencyPhone")}
              kind="other-tel"
            />
          </div>
        </details>
        <section className="stack stack--tight" aria-labelledby="agree">
          <h3 className="agree__head" id="agree">
            {t("agreeHeading")}
          </h3>
          <ul className="bullets soft">
            {props.consent.points.map((point) => (
              <li key={point}>{t(`consent.${point}`)}</li>
            ))}
          </ul>
          <input type="hidden" name="language" value={props.locale} />
          <label className="agree">
            <input
              type="checkbox"
              name="consent"
              value={props.consent.version}
              defaultChecked={of("consent").typed === props.consent.version}
              required
            />
            <span>{t("agree")}</span>
          </label>
        </section>
        <button type="submit" className="btn btn--big">
          <Icon name="tick" />
          {t("go")}
        </button>
      </form>
    </main>
  );
}

type LineProps = {
  name: string;
  typed: string;
  flawed: boolean;
  label: string;
  help?: string;
  /** `tel`: the person's own; `other-tel`: somebody else's, so the browser fills in nothing. */
  kind: "tel" | "other-tel" | "street-address" | "off";
  required?: boolean;
  most?: number;
};
function Line({ name, typed, flawed, label, help, kind, required, most }: LineProps) {
  const phone = kind === "tel" || kind === "other-tel";
  return (
    <Field id={name} label={label} hint={help} wrong={flawed}>
      {(tied) => (
        <input
          {...tied}
          className={phone ? "input num" : "input"}
          name={name}
          defaultValue={typed}
          type={phone ? "tel" : "text"}
          // A number is written from left to right in every language.
          dir={phone ? "ltr" : "auto"}
          pattern={kind === "tel" ? "\\s*\\+?(\\D*\\d){10,15}\\D*" : undefined}
          title={kind === "tel" ? help : undefined}
          required={required}
          maxLength={most ?? (phone ? 30 : 200)}
          autoComplete={kind === "other-tel" ? "off" : kind}
        />
      )}
    </Field>
  );
}

/** The clinician holds no licence where the patient says they are: nobody's fault, and there is a next step. */
export function NotLicensedStep(props: {
  code: string;
  clinician: string;
  clinicPhone: string;
  children: ReactNode;
}) {
  const t = useTranslations("place");
  return (
    <main className="page">
      {props.children}
      <section className="card stack" role="alert">
        <h2>{t("stopTitle", { name: props.clinician })}</h2>
        <p className="soft">{t("stopWhy")}</p>
        <p>{t("stopNext")}</p>
        <a className="btn btn--quiet btn--wide" href={`/j/${encodeURIComponent(props.code)}?place=change`}>
          {t("stopChange")}
        </a>
      </section>
      <HelpCard phone={props.clinicPhone} />
    </main>
  );
}
