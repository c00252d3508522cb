import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("patients");
  return (
    <LoadingPage crumb={t("title")} title={t("new.title")}>
      <div className="cols cols--form">
        <LoadingCard rows={9} />
      </div>
    </LoadingPage>
  );
}
