import Link from "next/link";
import { useTranslations } from "next-intl";

export default function NotFound() {
  const t = useTranslations("frame");
  return (
    <main className="main">
      <div className="card empty">
        <h1>{t("nowhere")}</h1>
        <p>{t("nowhereSay")}</p>
        <Link className="btn" href="/admin">
          {t("nowhereTo")}
        </Link>
      </div>
    </main>
  );
}
