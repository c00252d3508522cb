import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { readRetention } from "@/lib/retention/change-retention";
import { Tabs } from "../tabs";
import { RetentionForm } from "./retention-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rules.retention");
  return { title: t("title") };
}

/** How long things are kept that are not the medical record. For administrators. */
export default async function RetentionSettings() {
  const actor = await requirePage("/admin/settings/retention");
  const [deps, t] = await Promise.all([doorDeps(), getTranslations("rules.retention")]);
  const rules = await readRetention(deps, { actor });
  if (!rules.ok) notFound();
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="retention" />
      <div className="cols cols--form">
        <RetentionForm rules={rules.value} />
        <section className="card stack stack--tight" aria-labelledby="stays-head">
          <h2 id="stays-head">{t("stays")}</h2>
          <p>{t("staysAudit")}</p>
          <p>{t("staysVisits")}</p>
        </section>
      </div>
    </main>
  );
}
