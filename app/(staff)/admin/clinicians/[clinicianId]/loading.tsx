import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("clinicians");
  return (
    <LoadingPage crumb={t("title")} title={t("one")}>
      <LoadingCard rows={4} />
      <LoadingCard rows={7} />
    </LoadingPage>
  );
}
