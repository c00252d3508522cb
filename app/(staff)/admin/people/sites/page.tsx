import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { listSites } from "@/lib/host-sites/manage-sites";
import { doorDeps } from "@/lib/http/deps";
import { requestLanguage } from "../../../../request-language";
import { Needed } from "../../needed";
import { Tabs } from "../tabs";
import { SiteCard } from "./site-card";
import { SiteForm } from "./site-form";
import "./sites.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("sitesTab") };
}

/** The sites whose pages may hold our call: registered, changed, suspended. For administrators. */
export default async function Sites() {
  const actor = await requirePage("/admin/people/sites");
  const [deps, zone, { tag }, t, people] = await Promise.all([
    doorDeps(),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("sites"),
    getTranslations("people"),
  ]);
  const sites = await listSites(deps, { actor });
  if (!sites.ok) notFound();
  const scriptUrl = `${deps.env.NEXT_PUBLIC_APP_URL}/api/widget.js`;
  return (
    <main className="main">
      <div className="head">
        <h1>{people("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="sites" />
      <div className="cols cols--form cols--people">
        <div className="stack">
          {sites.value.map((site) => (
            <SiteCard key={site.siteId} {...{ site, scriptUrl, zone, tag }} />
          ))}
          {sites.value.length === 0 ? (
            <div className="card empty">
              <h2>{t("none")}</h2>
              <p className="soft">{t("noneSay")}</p>
            </div>
          ) : null}
        </div>
        <section className="card stack" aria-labelledby="register-head">
          <h2 id="register-head">{t("registerHead")}</h2>
          <Needed />
          <SiteForm />
          <p className="small soft">
            {t.rich("serverSay", { a: (part) => <Link href="/developers">{part}</Link> })}
          </p>
        </section>
      </div>
    </main>
  );
}
