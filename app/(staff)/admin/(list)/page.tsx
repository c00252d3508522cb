import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { listJourneys } from "@/lib/visits/list-journeys";
import { listVisits } from "@/lib/visits/list-visits";
import { Icon } from "../../../icons";
import { requestLanguage } from "../../../request-language";
import { VisitTable } from "../visit-table";
import { Refresh } from "./refresh";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("visits");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };
const hourMs = 3_600_000;

/** The visits that the reader may see: what is on and to come first, then the last week's. */
export default async function Visits({ searchParams }: Props) {
  const actor = await requirePage("/admin");
  const deps = await doorDeps();
  const { cursor } = await searchParams;
  const now = deps.clock.now();
  const turn = new Date(now.getTime() - 2 * hourMs);
  const later = typeof cursor === "string" ? cursor : undefined;
  const [coming, past] = await Promise.all([
    listVisits(deps, { actor, from: turn, limit: 50, cursor: later }),
    listVisits(deps, { actor, from: new Date(now.getTime() - 7 * 24 * hourMs), to: turn, limit: 100 }),
  ]);
  const earlier = later ? [] : [...past.visits].reverse();
  const visitIds = [...coming.visits, ...earlier].map((visit) => visit.visitId);
  const journeys = await listJourneys(deps, { actor, visitIds });
  const zone = await readerTimeZone();
  const [{ tag }, t] = await Promise.all([requestLanguage(), getTranslations("visits")]);
  const shared = { journeys, now, zone, tag };
  return (
    <main className="main">
      <Refresh />
      <div className="row head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">
            {shortDay(now, zone, tag)}, {clockTime(now, zone, tag)} · {zone.replaceAll("_", " ")}
          </p>
        </div>
        <Link className="btn btn--quiet" href="/admin/visits">
          {t("all")}
        </Link>
        <Link className="btn btn--md" href="/admin/visits/new">
          <Icon name="plus" />
          {t("book")}
        </Link>
      </div>
      {coming.visits.length > 0 ? (
        <VisitTable label={t("now")} visits={coming.visits} {...shared} />
      ) : (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
          <Link className="btn btn--quiet" href="/admin/visits/new">
            {t("book")}
          </Link>
        </div>
      )}
      <div className="pager">
        {later ? (
          <Link className="btn btn--quiet" href="/admin">
            {t("backToNow")}
          </Link>
        ) : null}
        {coming.nextCursor ? (
          <Link className="btn btn--quiet" href={`/admin?cursor=${encodeURIComponent(coming.nextCursor)}`}>
            {t("later")}
          </Link>
        ) : null}
      </div>
      {earlier.length > 0 ? (
        <section className="section">
          <h2>{t("earlierTitle")}</h2>
          <VisitTable label={t("earlier")} visits={earlier} {...shared} />
        </section>
      ) : null}
      <p className="small soft section">{t("legend")}</p>
    </main>
  );
}
