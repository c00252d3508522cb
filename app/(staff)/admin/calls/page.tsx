import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listCallbacks } from "@/lib/support-calls/list-callbacks";
import { callStates, listCalls, readCallFigures } from "@/lib/support-calls/list-calls";
import { requestLanguage } from "../../../request-language";
import { type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { FilterCard, FilterPick } from "../filter-card";
import { Pager } from "../pager";
import { CallList } from "./call-list";
import { CallbackList } from "./callback-list";
import { Figures } from "./figures";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calls");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };
const routes = ["webrtc", "sip"] as const;

/** Calls to the contact centre: what they came to in the last days, and each of them. */
export default async function Calls({ searchParams }: Props) {
  const actor = await requirePage("/admin/calls");
  const [deps, search, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    searchParams,
    readerTimeZone(),
    requestLanguage(),
    getTranslations("calls"),
  ]);
  const state = callStates.find((one) => one === textOf(search.state));
  const route = routes.find((one) => one === textOf(search.route));
  const proof = (["yes", "no"] as const).find((one) => one === textOf(search.verified));
  const typed = { state: state ?? "", verified: proof ?? "", route: route ?? "" };
  const cursor = textOf(search.cursor);
  const filter = {
    ...(state && { state }),
    ...(route && { route }),
    ...(proof && { verified: proof === "yes" }),
  };
  const later = textOf(search.back);
  const [found, figures, callbacks] = await Promise.all([
    listCalls(deps, { actor, ...filter, cursor }),
    readCallFigures(deps, { actor }),
    listCallbacks(deps, { actor, cursor: later }),
  ]);
  if (!found.ok || !figures.ok || !callbacks.ok) notFound();
  const { calls, nextCursor } = found.value;
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
      </div>
      <Figures {...figures.value} tag={tag} />
      <CallbackList {...callbacks.value} isFirst={!later} {...{ zone, tag }} />
      <FilterCard action="/admin/calls" label={t("filter")} typed={typed}>
        <FilterPick id="state" label={t("state")} value={typed.state}>
          <option value="">{t("anyState")}</option>
          {callStates.map((one) => (
            <option key={one} value={one}>
              {t(`states.${one}`)}
            </option>
          ))}
        </FilterPick>
        <FilterPick id="verified" label={t("caller")} value={typed.verified}>
          <option value="">{t("anyCaller")}</option>
          <option value="yes">{t("verified")}</option>
          <option value="no">{t("notVerified")}</option>
        </FilterPick>
        <FilterPick id="route" label={t("route")} value={typed.route}>
          <option value="">{t("anyRoute")}</option>
          {routes.map((one) => (
            <option key={one} value={one}>
              {t(`routes.${one}`)}
            </option>
          ))}
        </FilterPick>
      </FilterCard>
      {calls.length > 0 ? (
        <CallList calls={calls} {...{ zone, tag }} />
      ) : (
        <div className="card empty">
          <h2>{t("none")}</h2>
          <p className="soft">{t("noneSay")}</p>
        </div>
      )}
      <Pager
        first={cursor ? askedHref("/admin/calls", typed) : null}
        firstWord={t("newest")}
        next={nextCursor ? askedHref("/admin/calls", typed, { cursor: nextCursor }) : null}
        nextWord={t("older")}
      />
    </main>
  );
}
