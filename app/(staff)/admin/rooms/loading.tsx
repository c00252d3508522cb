import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../loading-page";

export default function Loading() {
  const t = useTranslations("rooms");
  return (
    <LoadingPage title={t("title")} say={t("loading")}>
      <div className="stack">
        <LoadingCard rows={6} />
      </div>
    </LoadingPage>
  );
}
