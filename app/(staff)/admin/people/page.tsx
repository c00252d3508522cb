import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listInvitations, listStaff } from "@/lib/staff/list-staff";
import { requestLanguage } from "../../../request-language";
import { type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { ColleagueTable } from "./colleague-table";
import { Invitations } from "./invitations";
import { InviteForm } from "./invite-form";
import { Tabs } from "./tabs";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** Who works here, who was asked to, and a form to ask somebody. For administrators. */
export default async function People({ searchParams }: Props) {
  const actor = await requirePage("/admin/people");
  const [deps, search, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    searchParams,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("people"),
  ]);
  const cursor = textOf(search.cursor);
  const [found, asked] = await Promise.all([
    listStaff(deps, { actor, cursor }),
    listInvitations(deps, { actor }),
  ]);
  if (!found.ok || !asked.ok) notFound();
  const { colleagues, nextCursor } = found.value;
  const zones = [...new Set([zone, ...Intl.supportedValuesOf("timeZone")])].sort();
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="people" />
      <div className="cols cols--form cols--people">
        <div className="stack">
          <ColleagueTable {...{ colleagues, zone, tag }} own={actor.id} />
          {cursor || nextCursor ? (
            <div className="pager">
              {cursor ? (
                <Link className="btn btn--quiet" href="/admin/people">
                  {t("first")}
                </Link>
              ) : null}
              {nextCursor ? (
                <Link className="btn btn--quiet" href={askedHref("/admin/people", { cursor: nextCursor })}>
                  {t("next")}
                </Link>
              ) : null}
            </div>
          ) : null}
          <section className="stack stack--tight" aria-labelledby="asked">
            <h2 id="asked">{t("invitations")}</h2>
            <Invitations invitations={asked.value} {...{ zone, tag }} />
          </section>
        </div>
        <InviteForm {...{ zones, zone }} />
      </div>
    </main>
  );
}
