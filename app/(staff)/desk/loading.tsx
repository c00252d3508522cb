import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../loading-page";

export default function Loading() {
  const t = useTranslations("desk");
  return (
    <LoadingPage title={t("title")} say={t("loading")}>
      <LoadingCard rows={6} />
    </LoadingPage>
  );
}
