import { useTranslations } from "next-intl";
import { LoadingCard, LoadingPage } from "../../../loading-page";

/** Who it is comes with the page itself. */
export default function Loading() {
  const t = useTranslations("patients");
  return (
    <LoadingPage crumb={t("title")} title={t("one")}>
      <div className="cols">
        <div className="stack">
          <LoadingCard rows={6} />
          <LoadingCard rows={4} />
        </div>
        <div className="stack">
          <LoadingCard rows={8} />
        </div>
      </div>
    </LoadingPage>
  );
}
