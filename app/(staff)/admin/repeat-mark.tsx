import { useTranslations } from "next-intl";
import { Icon } from "../../icons";

/** Beside a visit that is one of several: a sign for the eye, a word for the ear. */
export function RepeatMark() {
  const t = useTranslations("frame");
  return (
    <span className="repeatmark" title={t("oneOfSeveral")}>
      <Icon name="repeat" />
      <span className="vh"> {t("oneOfSeveral")}</span>
    </span>
  );
}
