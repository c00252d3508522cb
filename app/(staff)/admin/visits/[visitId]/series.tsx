import Link from "next/link";
import { useTranslations } from "next-intl";
import { listedTime } from "@/lib/kernel/times";
import { wallTime } from "@/lib/kernel/wall-time";
import type { SeriesOfVisit } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { useRuleWords } from "../../rule-words";

type Props = { visitId: string; series: SeriesOfVisit; zone: string; tag: string };

/** "Visit 3 of 8 · every week", beside a visit's name. */
export function SeriesLine({ visitId, series, tag }: Omit<Props, "zone">) {
  const t = useTranslations("visit.series");
  const ruleWords = useRuleWords(tag);
  const first = series.visits[0];
  const place = series.visits.find((one) => one.visitId === visitId)?.place ?? 1;
  const day = first ? wallTime(new Date(first.scheduledAt), series.timeZone).slice(0, 10) : "";
  return (
    <p className="row soft head">
      <Icon name="repeat" />
      <span>{t("line", { place, booked: series.booked, rule: ruleWords(series.repeats, day) })}</span>
    </p>
  );
}

/** The others that were booked with it, by time. */
export function SeriesCard({ visitId, series, zone, tag }: Props) {
  const t = useTranslations("visit.series");
  const states = useTranslations("visit.series.states");
  return (
    <section className="card stack stack--tight" aria-labelledby="series">
      <h2 id="series">{t("title")}</h2>
      <p className="small soft">{t("links")}</p>
      <ol className="series">
        {series.visits.map((one) => {
          const at = listedTime(new Date(one.scheduledAt), zone, tag);
          const when = t("when", { place: one.place, at });
          return (
            <li key={one.visitId} className={`row series__${one.status === "SCHEDULED" ? "open" : "over"}`}>
              {one.visitId === visitId ? (
                <b className="grow num" aria-current="true">
                  {when} <span className="small soft">{t("this")}</span>
                </b>
              ) : (
                <Link className="grow num" href={`/admin/visits/${one.visitId}`}>
                  {when}
                </Link>
              )}
              <span className="small soft">{states(one.status)}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** How many of a series come after this visit. */
export function followingOf(series: SeriesOfVisit, visitId: string): number {
  const own = series.visits.find((one) => one.visitId === visitId);
  if (!own) return 0;
  return series.visits.filter(
    ({ status, scheduledAt }) => status === "SCHEDULED" && scheduledAt > own.scheduledAt,
  ).length;
}
