import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { calendarDay, clockTime, shortDay } from "@/lib/kernel/times";
import { lookAtToday, newsOf } from "@/lib/visits/look-at-today";
import { isDue, unreachable } from "@/lib/visits/run-all-late";
import { Icon } from "../../../icons";
import { requestLanguage } from "../../../request-language";
import { SaveCsv } from "../save-csv";
import { LinkLegend } from "../visit-state";
import { VisitTable } from "../visit-table";
import { AllLate } from "./all-late";
import { Watch } from "./watch";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("visits");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };

/** The visits that the reader may see: what is on and to come first, then the last week's. */
export default async function Visits({ searchParams }: Props) {
  const actor = await requirePage("/admin");
  const deps = await doorDeps();
  const { cursor } = await searchParams;
  const now = deps.clock.now();
  const later = typeof cursor === "string" ? cursor : undefined;
  const today = await lookAtToday(deps, { actor, cursor: later });
  const { coming, earlier, nextCursor, journeys } = today;
  // A later page is told of what happens on the first: that is where people wait.
  const news = newsOf(later ? await lookAtToday(deps, { actor }) : today);
  const zone = await readerTimeZone();
  const [{ tag }, t] = await Promise.all([requestLanguage(), getTranslations("visits")]);
  const acts = mayOpen("/admin/schedule", actor.role);
  const due = acts ? coming.filter((visit) => isDue(visit, now)) : [];
  const without = await unreachable(deps, { actor, visitIds: due.map(({ visitId }) => visitId) });
  const shared = { journeys, now, zone, tag };
  const actsOf = acts ? actor.id : undefined;
  const day = calendarDay(now, zone);
  const isAhead = ({ scheduledAt }: { scheduledAt: string }) =>
    calendarDay(new Date(scheduledAt), zone) > day;
  const [onToday, ahead] = [coming.filter((visit) => !isAhead(visit)), coming.filter(isAhead)];
  return (
    <main className="main">
      <div className="row row--wrap head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">
            {shortDay(now, zone, tag)}, {clockTime(now, zone, tag)} · {zone.replaceAll("_", " ")}
          </p>
        </div>
        <Watch news={news} />
        {acts ? (
          <SaveCsv
            shown={{ from: new Date(now.getTime() - 7 * 24 * 3_600_000) }}
            shownAs="shownToday"
            own={actor.role === "clinician"}
            today={day}
            {...{ zone, tag }}
          />
        ) : null}
        <Link className="btn btn--quiet" href="/admin/visits">
          {t("all")}
        </Link>
        {acts ? (
          <Link className="btn btn--md" href="/admin/visits/new">
            <Icon name="plus" />
            {t("book")}
          </Link>
        ) : null}
      </div>
      {due.length > 0 ? <AllLate visits={due} without={without} zone={zone} tag={tag} /> : null}
      {onToday.length > 0 ? (
        <VisitTable label={t("now")} visits={onToday} actsOf={actsOf} {...shared} />
      ) : later ? null : (
        <div className="card empty">
          <h2>{t(ahead.length > 0 ? "noneToday" : "none")}</h2>
          <p className="soft">{t("noneSay")}</p>
          {acts ? (
            <Link className="btn btn--quiet" href="/admin/visits/new">
              {t("book")}
            </Link>
          ) : null}
        </div>
      )}
      {ahead.length > 0 ? (
        <section className="section">
          <h2>{t("aheadTitle")}</h2>
          <VisitTable label={t("ahead")} visits={ahead} actsOf={actsOf} {...shared} />
        </section>
      ) : null}
      <div className="pager">
        {later ? (
          <Link className="btn btn--quiet" href="/admin">
            {t("backToNow")}
          </Link>
        ) : null}
        {nextCursor ? (
          <Link className="btn btn--quiet" href={`/admin?cursor=${encodeURIComponent(nextCursor)}`}>
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
      <LinkLegend />
    </main>
  );
}
