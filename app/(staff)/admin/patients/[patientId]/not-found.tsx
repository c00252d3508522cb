import Link from "next/link";
import { useTranslations } from "next-intl";

/** The same for somebody who isn't on file and one whom the reader may not see. */
export default function PatientNotFound() {
  const t = useTranslations("patients");
  return (
    <main className="main">
      <div className="card empty">
        <h1>{t("notFound")}</h1>
        <p>{t("notFoundSay")}</p>
        <Link className="btn" href="/admin/patients">
          {t("toList")}
        </Link>
      </div>
    </main>
  );
}
