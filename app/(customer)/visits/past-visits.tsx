import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OwnVisit } from "@/lib/visits/own-visits";

type Props = { visits: OwnVisit[]; nextCursor: string | null; zone: string; tag: string };

/** What is over: when, with whom, and what became of it. */
export function PastVisits({ visits, nextCursor, zone, tag }: Props) {
  const t = useTranslations("own");
  const time = new Intl.DateTimeFormat(tag, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  return (
    <section className="card stack" aria-labelledby="past">
      <h2 id="past">{t("past.title")}</h2>
      {visits.length === 0 ? <p className="soft">{t("past.none")}</p> : null}
      <ul className="own__list">
        {visits.map((visit) => (
          <li key={visit.visitId}>
            <b>{t("next.with", { clinician: visit.clinician })}</b>
            <span className="own__line">
              <time dateTime={visit.scheduledAt}>{time.format(new Date(visit.scheduledAt))}</time>
              <span className="soft">{stateWords(t, visit)}</span>
            </span>
          </li>
        ))}
      </ul>
      {nextCursor ? (
        <Link className="btn btn--quiet" href={`/visits?cursor=${encodeURIComponent(nextCursor)}`}>
          {t("past.older")}
        </Link>
      ) : null}
    </section>
  );
}

function stateWords(t: ReturnType<typeof useTranslations<"own">>, visit: OwnVisit): string {
  const { status, lastedMinutes } = visit;
  if (status === "SCHEDULED" || status === "ACTIVE") return t("past.is.NOT_HELD");
  const is = t(`past.is.${status}`);
  return status === "COMPLETED" && lastedMinutes !== null
    ? `${is} · ${t("past.lasted", { minutes: lastedMinutes })}`
    : is;
}
