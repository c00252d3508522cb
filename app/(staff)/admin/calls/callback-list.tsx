import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { CallbackEntry } from "@/lib/support-calls/list-callbacks";

type Props = {
  callbacks: CallbackEntry[];
  nextCursor: string | null;
  isFirst: boolean;
  zone: string;
  tag: string;
};

const looks: Record<CallbackEntry["state"], string> = {
  asked: "chip",
  due: "chip chip--live",
  calling: "chip chip--good",
  again: "chip chip--live",
};

/** Customers who asked to be called back, the most urgent first. */
export function CallbackList({ callbacks, nextCursor, isFirst, zone, tag }: Props) {
  const t = useTranslations("calls.back");
  const at = (time: Date) => `${shortDay(time, zone, tag)}, ${clockTime(time, zone, tag)}`;
  return (
    <section className="card stack section" aria-labelledby="callbacks">
      <div>
        <h2 id="callbacks">{t("title")}</h2>
        <p className="soft">{callbacks.length === 0 ? t("none") : t("say")}</p>
      </div>
      {callbacks.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
        <section className="scroll" aria-labelledby="callbacks" tabIndex={0}>
          <table className="table table--stack entries">
            <thead>
              <tr>
                <th scope="col">{t("who")}</th>
                <th scope="col">{t("state")}</th>
                <th scope="col">{t("when")}</th>
                <th scope="col">{t("about")}</th>
                <th scope="col">{t("asked")}</th>
              </tr>
            </thead>
            <tbody>
              {callbacks.map((one) => (
                <tr key={one.callbackId}>
                  <td>
                    <b>{one.name}</b>
                  </td>
                  <td>
                    <span className={one.late ? "chip chip--bad" : looks[one.state]}>
                      {one.late ? t("late") : t(`states.${one.state}`)}
                    </span>
                  </td>
                  <td data-label={t("when")}>
                    {one.state === "asked" ? at(one.from) : t("turn", { until: at(one.until) })}
                  </td>
                  <td data-label={t("about")}>{t(`topics.${one.topic ?? "other"}`)}</td>
                  <td data-label={t("asked")}>{at(one.askedAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {nextCursor || !isFirst ? (
        <div className="row">
          {isFirst ? null : (
            <Link className="btn btn--quiet" href="/admin/calls">
              {t("first")}
            </Link>
          )}
          {nextCursor ? (
            <Link className="btn btn--quiet" href={`/admin/calls?back=${encodeURIComponent(nextCursor)}`}>
              {t("more")}
            </Link>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
