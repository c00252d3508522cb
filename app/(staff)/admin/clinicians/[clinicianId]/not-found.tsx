import Link from "next/link";
import { useTranslations } from "next-intl";

/** The same for nobody and for somebody whom the reader may not see. */
export default function ClinicianNotFound() {
  const t = useTranslations("clinicians");
  return (
    <main className="main">
      <div className="card empty">
        <h1>{t("notFound")}</h1>
        <p>{t("notFoundSay")}</p>
        <Link className="btn" href="/admin/clinicians">
          {t("toAll")}
        </Link>
      </div>
    </main>
  );
}
