import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { mayOpen } from "@/lib/auth/access";
import { type PersonActor, readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { listClinicians } from "@/lib/clinicians/list-clinicians";
import { doorDeps } from "@/lib/http/deps";
import { calendarDay } from "@/lib/kernel/times";
import { patientName } from "@/lib/patients/list-patients";
import { listJourneys } from "@/lib/visits/list-journeys";
import { listVisits, type VisitFilter } from "@/lib/visits/list-visits";
import { listViews } from "@/lib/visits/saved-views";
import { requestLanguage } from "../../../../request-language";
import { LoadingCard } from "../../../loading-page";
import { type Search, textOf } from "../../asked-days";
import { PatientFinder } from "../../patient-finder";
import { SaveCsv } from "../../save-csv";
import { columnsOf } from "../../visit-columns";
import { VisitTable } from "../../visit-table";
import { readAsked } from "./asked";
import { FilterForm } from "./filter-form";
import { SavedViews } from "./saved-views";
import { type Typed, visitsHref } from "./visits-href";

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
  const [{ clinicians }, views, chosen, { tag }, t] = await Promise.all([
    listClinicians(deps, { actor }),
    listViews(deps, { actor }),
    filter.patientId ? patientName(deps, { actor, patientId: filter.patientId }) : null,
    requestLanguage(),
    getTranslations("find"),
  ]);
  return (
    <main className="main">
      <div className="row row--wrap head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
        </div>
        {mayOpen("/admin/schedule", actor.role) ? (
          <SaveCsv
            shown={filter}
            own={actor.role === "clinician"}
            today={calendarDay(now, zone)}
            {...{ zone, tag }}
          />
        ) : null}
      </div>
      <SavedViews views={views} typed={typed} />
      <FilterForm typed={typed} wrong={wrong} clinicians={clinicians} />
      <PatientFinder key={typed.patient} of="visits" page="/admin/visits" typed={typed} chosen={chosen} />
      {/* Another question is another list: the last one's rows do not stand for it while it is looked up. */}
      <Suspense key={visitsHref(typed, { cursor })} fallback={<Looking />}>
        <Found {...{ actor, typed, filter, cursor, now, zone, tag }} />
      </Suspense>
    </main>
  );
}

type Question = {
  actor: PersonActor;
  typed: Typed;
  filter: VisitFilter;
  cursor: string;
  now: Date;
  zone: string;
  tag: string;
};

async function Found({ actor, typed, filter, cursor, now, zone, tag }: Question) {
  const [deps, t] = await Promise.all([doorDeps(), getTranslations("find")]);
  const { visits, nextCursor } = await listVisits(deps, { actor, ...filter, limit: 50, cursor });
  const journeys = await listJourneys(deps, { actor, visitIds: visits.map(({ visitId }) => visitId) });
  return (
    <>
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
    </>
  );
}

function Looking() {
  const t = useTranslations("find");
  return (
    <div aria-busy="true">
      <p className="soft" role="status">
        {t("loading")}
      </p>
      <LoadingCard rows={12} />
    </div>
  );
}
