import Link from "next/link";
import { useTranslations } from "next-intl";

/** The same for a visit that isn't and one that the reader may not see. */
export default function VisitNotFound() {
  const t = useTranslations("visit");
  return (
    <main className="main">
      <div className="card empty">
        <h1>{t("notFound")}</h1>
        <p>{t("notFoundSay")}</p>
        <Link className="btn" href="/admin">
          {t("toVisits")}
        </Link>
      </div>
    </main>
  );
}
