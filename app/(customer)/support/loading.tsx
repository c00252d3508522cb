import { useTranslations } from "next-intl";

/** The shape of what comes, while it comes. */
export default function Loading() {
  const t = useTranslations("support");
  return (
    <main className="page" aria-busy="true">
      <p className="soft" role="status">
        {t("loading")}
      </p>
      <div className="stack" aria-hidden="true">
        {["who", "topic", "microphone"].map((row) => (
          <div key={row} className="skeleton" />
        ))}
      </div>
    </main>
  );
}
