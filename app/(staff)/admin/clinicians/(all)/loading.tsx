import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("clinicians");
  return (
    <LoadingPage title={t("title")}>
      <LoadingCard rows={6} />
    </LoadingPage>
  );
}
