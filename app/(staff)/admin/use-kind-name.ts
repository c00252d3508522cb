import { useTranslations } from "next-intl";

/** What kind of visit it is, in words; one that another book named stays as it is called there. */
export function useKindName(): (type: string | null) => string {
  const t = useTranslations("visit");
  return (type) => (type === "initial" || type === "follow-up" ? t(`kinds.${type}`) : (type ?? t("video")));
}
