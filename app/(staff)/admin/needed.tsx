import { useTranslations } from "next-intl";

/** What the mark beside a label means; once in a form. */
export function Needed() {
  const t = useTranslations("frame");
  return <span className="needed small soft">{t("needed")}</span>;
}
