import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("book");
  return (
    <LoadingPage crumb={t("visits")} title={t("title")}>
      <div className="cols cols--form">
        <LoadingCard rows={9} />
      </div>
    </LoadingPage>
  );
}
