import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("rules.brand");
  return (
    <LoadingPage title={t("title")}>
      <div className="cols cols--form">
        <LoadingCard rows={8} />
      </div>
    </LoadingPage>
  );
}
