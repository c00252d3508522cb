import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { apiScopes, keyLifetimes, listKeys } from "@/lib/auth/manage-keys";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { requestLanguage } from "../../../../request-language";
import { Tabs } from "../tabs";
import { KeyForm } from "./key-form";
import { KeyTable } from "./key-table";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("people");
  return { title: t("keysTab") };
}

/** The keys of programs: made, given a new secret, ended. For administrators. */
export default async function Keys() {
  const actor = await requirePage("/admin/people/keys");
  const [deps, zone, { tag }, t, people] = await Promise.all([
    doorDeps(),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("keys"),
    getTranslations("people"),
  ]);
  const keys = await listKeys(deps, { actor });
  if (!keys.ok) notFound();
  return (
    <main className="main">
      <div className="head">
        <h1>{people("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="keys" />
      <div className="cols cols--form cols--people">
        <div className="stack">
          {keys.value.length > 0 ? (
            <KeyTable keys={keys.value} {...{ zone, tag }} />
          ) : (
            <div className="card empty">
              <h2>{t("none")}</h2>
              <p className="soft">{t("noneSay")}</p>
            </div>
          )}
        </div>
        <KeyForm scopes={apiScopes} lifetimes={keyLifetimes.map((days) => days ?? 0)} />
      </div>
    </main>
  );
}
