import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { isUuid } from "@/lib/kernel/uuid";
import { patientName } from "@/lib/patients/list-patients";
import { linkStatuses, listLinks } from "@/lib/visits/list-links";
import { requestLanguage } from "../../../request-language";
import { readDays, type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { Pager } from "../pager";
import { PatientFinder } from "../patient-finder";
import { FilterForm, type Typed } from "./filter-form";
import { LinkList } from "./link-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("links");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** What became of every link, over all visits; one that still opens can be taken back here. */
export default async function Links({ searchParams }: Props) {
  const actor = await requirePage("/admin/links");
  const [deps, search, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    searchParams,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("links"),
  ]);
  const status = linkStatuses.find((one) => one === textOf(search.state));
  const patientId = isUuid(textOf(search.patient)) ? textOf(search.patient).toLowerCase() : undefined;
  const typed: Typed = {
    state: status ?? "",
    from: textOf(search.from),
    to: textOf(search.to),
    patient: patientId ?? "",
  };
  const { wrong, ...days } = readDays(typed, zone);
  const cursor = textOf(search.cursor);
  const [found, chosen] = await Promise.all([
    listLinks(deps, { actor, status, ...days, patientId, cursor }),
    patientId ? patientName(deps, { actor, patientId }) : null,
  ]);
  if (!found.ok) notFound();
  const { links, nextCursor } = found.value;
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
      </div>
      <FilterForm typed={typed} wrong={wrong} />
      <PatientFinder key={typed.patient} of="links" page="/admin/links" typed={typed} chosen={chosen} />
      {links.length > 0 ? (
        <LinkList links={links} {...{ zone, tag }} />
      ) : (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
        </div>
      )}
      <Pager
        first={cursor ? askedHref("/admin/links", typed) : null}
        firstWord={t("newest")}
        next={nextCursor ? askedHref("/admin/links", typed, { cursor: nextCursor }) : null}
        nextWord={t("older")}
      />
    </main>
  );
}
