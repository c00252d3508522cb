import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../loading-page";

export default function Loading() {
  const t = useTranslations("schedule");
  return (
    <LoadingPage title={t("title")} say={t("loading")}>
      <LoadingCard rows={14} />
    </LoadingPage>
  );
}
