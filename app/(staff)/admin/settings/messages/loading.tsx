import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

export default function Loading() {
  const t = useTranslations("settings");
  return (
    <LoadingPage title={t("title")}>
      <div className="cols cols--form">
        <div className="stack">
          <LoadingCard rows={5} />
          <LoadingCard rows={7} />
        </div>
      </div>
    </LoadingPage>
  );
}
