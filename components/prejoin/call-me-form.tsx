import { useTranslations } from "next-intl";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { callFormId } from "./call-form-id";

/** For a patient whose camera or browser will not do: a form of the browser's own, so that no script need work for it. */
export function CallMeForm({ code, told }: { code: string; told: "asked" | "check" | "enough" | null }) {
  const t = useTranslations("callMe");
  return (
    <>
      <div role="status">
        {told === "asked" || told === "enough" ? (
          <p className="banner banner--good">
            <Icon name="phone" />
            <span>{t(told)}</span>
          </p>
        ) : null}
      </div>
      <details className="card more" id={callFormId} open={told === "check"}>
        <summary>{t("open")}</summary>
        {/* As on the page before: an older browser would else send this form as from nowhere. */}
        <meta name="referrer" content="same-origin" />
        <form
          className="stack stack--tight"
          method="post"
          action={`/api/door/${encodeURIComponent(code)}/call-me`}
        >
          <p className="soft">{t("say")}</p>
          <Field
            id="call-number"
            label={t("number")}
            hint={t("numberHint")}
            error={told === "check" ? t("check") : undefined}
            alert
          >
            {(tied) => (
              <input
                {...tied}
                className="input num"
                name="number"
                type="tel"
                dir="ltr"
                maxLength={30}
                autoComplete="tel"
              />
            )}
          </Field>
          <button type="submit" className="btn btn--quiet btn--wide">
            <Icon name="phone" />
            {t("send")}
          </button>
        </form>
      </details>
    </>
  );
}
