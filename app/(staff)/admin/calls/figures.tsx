import { useTranslations } from "next-intl";
import type { CallFigures } from "@/lib/support-calls/list-calls";
import { lasted } from "./lasted";

/** Time to answer, and how many nobody had to ask who they are. */
export function Figures({ tag, ...figures }: CallFigures & { tag: string }) {
  const t = useTranslations("calls");
  const share = (value: number | null) =>
    value === null ? t("unknown") : new Intl.NumberFormat(tag, { style: "percent" }).format(value);
  const seconds = (value: number | null) => (value === null ? t("unknown") : lasted(value, tag));
  return (
    <section className="card" aria-labelledby="figures">
      <h2 id="figures">{t("lately")}</h2>
      <dl className="kv">
        <dt>{t("over")}</dt>
        <dd>{figures.calls.toLocaleString(tag)}</dd>
        <dt>{t("shareVerified")}</dt>
        <dd>{share(figures.verified)}</dd>
        <dt>{t("shareAnswered")}</dt>
        <dd>{share(figures.answered)}</dd>
        <dt>{t("waited")}</dt>
        <dd>
          {figures.medianSeconds === null
            ? t("unknown")
            : t("waits", {
                half: seconds(figures.medianSeconds),
                most: seconds(figures.ninetiethSeconds),
              })}
        </dd>
      </dl>
    </section>
  );
}
