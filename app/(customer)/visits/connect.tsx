import { useTranslations } from "next-intl";
import { CodeField } from "../../form-parts";
import { OwnForm } from "../own-form";
import { askCode, enterCode } from "./actions";

/** For who is signed in and not yet known as a patient: the two ways to their visits. Nothing here tells whether there are any. */
export function Connect() {
  const t = useTranslations("own.connect");
  return (
    <>
      <p>{t("say")}</p>
      <section className="card stack stack--tight">
        <h2>{t("link")}</h2>
        <p>{t("linkSay")}</p>
      </section>
      <section className="card stack">
        <h2>{t("code")}</h2>
        <p>{t("codeSay")}</p>
        <OwnForm action={askCode} look="btn--wide btn--quiet" busy={t("asking")} label={t("askCode")} />
        <OwnForm action={enterCode} look="btn--wide" busy={t("using")} label={t("use")}>
          <CodeField label={t("number")} />
        </OwnForm>
      </section>
    </>
  );
}
