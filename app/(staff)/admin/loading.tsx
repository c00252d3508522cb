import { useTranslations } from "next-intl";

/** Rows of their real height, so that nothing jumps when the visits come. */
export default function Loading() {
  const t = useTranslations("visits");
  return (
    <main className="main" aria-busy="true">
      <h1>{t("title")}</h1>
      <p className="soft" role="status">
        {t("loading")}
      </p>
      <div className="card card--flush section" aria-hidden="true">
        {["a", "b", "c", "d", "e", "f"].map((row) => (
          <div key={row} className="skeleton" />
        ))}
      </div>
    </main>
  );
}
