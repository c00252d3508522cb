import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readChainCheck } from "@/lib/audit/check-chain";
import { auditColleagues, listAudit } from "@/lib/audit/list-audit";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { auditQueryText, readAuditPlace, writeAuditPlace } from "@/lib/http/audit-inputs";
import { doorDeps } from "@/lib/http/deps";
import { requestLanguage } from "../../../request-language";
import { type Search, textOf } from "../asked-days";
import { auditHref, readAsked } from "./asked";
import { ChainBadge } from "./chain-badge";
import { EntryTable } from "./entry-table";
import { FilterForm } from "./filter-form";
import { AuditLine } from "./time-line";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** The record of what was done, for an auditor and an admin. To look is recorded too. */
export default async function AuditPage({ searchParams }: Props) {
  const actor = await requirePage("/admin/audit");
  const deps = await doorDeps();
  const [search, zone] = await Promise.all([searchParams, readerTimeZone()]);
  const { typed, filter, wrong } = readAsked(search, zone);
  const cursor = textOf(search.cursor);
  const [{ entries, next }, check, colleagues, { tag }, t] = await Promise.all([
    listAudit(deps, { actor, ...filter, after: readAuditPlace(cursor) }),
    readChainCheck(deps, { actor }),
    auditColleagues(deps, { actor }),
    requestLanguage(),
    getTranslations("audit"),
  ]);
  const names = new Map(colleagues.map(({ id, name }) => [id, name]));
  const asTable = textOf(search.view) === "table";
  const line = filter.visitId !== undefined && !asTable;
  const kept = asTable ? { view: "table" } : undefined;
  const older = writeAuditPlace(next);
  const query = auditQueryText(filter);
  return (
    <main className="main">
      <div className="row row--wrap head">
        <div className="grow">
          <h1>{t("title")}</h1>
          <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
        </div>
        <div className="stack">
          {/* A file, not a page: the router has no part in it. */}
          <a
            className="btn btn--quiet"
            href={query ? `/api/audit/export?${query}` : "/api/audit/export"}
            download
          >
            {t("export")}
          </a>
          <p className="small soft">{t("exportSay")}</p>
        </div>
      </div>
      <ChainBadge check={check} now={deps.clock.now()} zone={zone} tag={tag} />
      <FilterForm typed={typed} wrong={wrong} colleagues={colleagues} tag={tag} />
      {filter.visitId ? (
        <div className="row row--wrap followed">
          <div className="grow">
            {line ? <h2>{t("lineTitle")}</h2> : null}
            <p className="small soft">
              {t.rich(line ? "lineSay" : "tableSay", {
                a: (part) => <Link href={auditHref(typed, line ? { view: "table" } : {})}>{part}</Link>,
              })}
            </p>
          </div>
          {mayOpen("/admin/visits/[visitId]", actor.role) ? (
            <Link className="btn btn--quiet" href={`/admin/visits/${filter.visitId}`}>
              {t("showVisit")}
            </Link>
          ) : null}
        </div>
      ) : null}
      {entries.length === 0 ? (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
        </div>
      ) : line ? (
        <section className="card pad" aria-label={t("lineTitle")}>
          <AuditLine entries={entries} zone={zone} tag={tag} />
        </section>
      ) : (
        <EntryTable entries={entries} names={names} typed={typed} zone={zone} tag={tag} />
      )}
      <div className="pager">
        {cursor ? (
          <Link className="btn btn--quiet" href={auditHref(typed, kept)}>
            {t("newest")}
          </Link>
        ) : null}
        {older ? (
          <Link className="btn btn--quiet" href={auditHref(typed, { ...kept, cursor: older })}>
            {t("older")}
          </Link>
        ) : null}
      </div>
    </main>
  );
}
