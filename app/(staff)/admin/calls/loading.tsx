import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../loading-page";

export default function Loading() {
  const t = useTranslations("calls");
  return (
    <LoadingPage title={t("title")} say={t("loading")}>
      <div className="stack">
        <LoadingCard rows={2} />
        <LoadingCard rows={12} />
      </div>
    </LoadingPage>
  );
}
