import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

/** Whose visit it is comes with the page itself. */
export default function Loading() {
  const t = useTranslations("visit");
  return (
    <LoadingPage crumb={t("crumb")} title={t("title")}>
      <div className="cols">
        <div className="stack">
          <LoadingCard rows={5} />
          <LoadingCard rows={3} />
        </div>
        <div className="stack">
          <LoadingCard rows={4} />
        </div>
      </div>
    </LoadingPage>
  );
}
