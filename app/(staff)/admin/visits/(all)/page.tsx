import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listJourneys } from "@/lib/visits/list-journeys";
import { listClinicians, patientName } from "@/lib/visits/list-people";
import { listVisits } from "@/lib/visits/list-visits";
import { listViews } from "@/lib/visits/saved-views";
import { requestLanguage } from "../../../../request-language";
import { type Search, textOf } from "../../asked-days";
import { columnsOf } from "../../visit-columns";
import { VisitTable } from "../../visit-table";
import { exportHref, readAsked } from "./asked";
import { FilterForm } from "./filter-form";
import { PatientFinder } from "./patient-finder";
import { SavedViews } from "./saved-views";
import { visitsHref } from "./visits-href";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("find");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** Every visit that the reader may see, of any year, by what the address asks. */
export default async function AllVisits({ searchParams }: Props) {
  const actor = await requirePage("/admin/visits");
  const deps = await doorDeps();
  const [search, zone] = await Promise.all([searchParams, readerTimeZone()]);
  const now = deps.clock.now();
  const { typed, filter, wrong } = readAsked(search, { zone, now });
  const cursor = textOf(search.cursor);
  const [{ visits, nextCursor }, { clinicians }, views, chosen, { tag }, t] = await Promise.all([
    listVisits(deps, { actor, ...filter, limit: 50, cursor }),
    listClinicians(deps, { actor }),
    listViews(deps, { actor }),
    filter.patientId ? patientName(deps, { actor, patientId: filter.patientId }) : null,
    requestLanguage(),
    getTranslations("find"),
  ]);
  const journeys = await listJourneys(deps, { actor, visitIds: visits.map(({ visitId }) => visitId) });
  return (
    <main className="main">
      <div className="row head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
        </div>
        {/* A file, not a page: the router has no part in it. */}
        <a className="btn btn--quiet" href={exportHref(filter)} download>
          {t("export")}
        </a>
      </div>
      <SavedViews views={views} typed={typed} />
      <FilterForm typed={typed} wrong={wrong} clinicians={clinicians} />
      <PatientFinder key={typed.patient} typed={typed} chosen={chosen} />
      {visits.length > 0 ? (
        <VisitTable
          label={t("title")}
          visits={visits}
          years
          columns={columnsOf(typed.columns)}
          {...{ journeys, now, zone, tag }}
        />
      ) : (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
        </div>
      )}
      <div className="pager">
        {cursor ? (
          <Link className="btn btn--quiet" href={visitsHref(typed)}>
            {t("first")}
          </Link>
        ) : null}
        {nextCursor ? (
          <Link className="btn btn--quiet" href={visitsHref(typed, { cursor: nextCursor })}>
            {t("next")}
          </Link>
        ) : null}
      </div>
    </main>
  );
}
