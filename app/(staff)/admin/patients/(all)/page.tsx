import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listPatients } from "@/lib/patients/list-patients";
import { visitsAround } from "@/lib/patients/visits-around";
import { Icon } from "../../../../icons";
import { requestLanguage } from "../../../../request-language";
import { type Search, textOf } from "../../asked-days";
import { askedHref } from "../../asked-href";
import { readAsked } from "./asked";
import { FilterForm } from "./filter-form";
import { Finder } from "./finder";
import { PatientTable } from "./patient-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** Everybody whom the reader may see, by name and by what the address asks. */
export default async function Patients({ searchParams }: Props) {
  const actor = await requirePage("/admin/patients");
  const [deps, search, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    searchParams,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("patients"),
  ]);
  const { typed, filter } = readAsked(search);
  const cursor = textOf(search.cursor);
  const { patients, nextCursor } = await listPatients(deps, { actor, ...filter, cursor });
  const around = await visitsAround(deps, {
    actor,
    patientIds: patients.map(({ patientId }) => patientId),
  });
  const asked = Object.keys(filter).length > 0;
  return (
    <main className="main">
      <div className="row row--wrap head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">{t(actor.role === "clinician" ? "sayOwn" : "say")}</p>
        </div>
        {/* A file, not a page: the router has no part in it. */}
        <a className="btn btn--quiet" href={askedHref("/api/patients/export", filter)} download>
          {t("export")}
        </a>
        {mayOpen("/admin/patients/new", actor.role) ? (
          <Link className="btn" href="/admin/patients/new">
            <Icon name="plus" />
            {t("add")}
          </Link>
        ) : null}
      </div>
      <Finder />
      <FilterForm typed={typed} />
      {patients.length > 0 ? (
        <PatientTable {...{ patients, around, zone, tag }} />
      ) : (
        <div className="card empty">
          <h2>{t(asked ? "nobody" : "nobodyYet")}</h2>
          <p className="soft">{t(asked ? "nobodySay" : "nobodyYetSay")}</p>
        </div>
      )}
      <div className="pager">
        {cursor ? (
          <Link className="btn btn--quiet" href={askedHref("/admin/patients", typed)}>
            {t("first")}
          </Link>
        ) : null}
        {nextCursor ? (
          <Link className="btn btn--quiet" href={askedHref("/admin/patients", typed, { cursor: nextCursor })}>
            {t("more")}
          </Link>
        ) : null}
      </div>
    </main>
  );
}
