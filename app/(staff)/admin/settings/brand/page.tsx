import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import { logoAt } from "../../../../shown-brand";
import { Tabs } from "../tabs";
import { BrandForm } from "./brand-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rules.brand");
  return { title: t("title") };
}

/** What the clinic's pages and mails look like. For administrators. */
export default async function BrandSettings() {
  await requirePage("/admin/settings/brand");
  const [deps, t] = await Promise.all([doorDeps(), getTranslations("rules.brand")]);
  const { name, brand } = await clinicOf(deps);
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <Tabs here="brand" />
      <div className="cols cols--form">
        <BrandForm
          key={JSON.stringify(brand)}
          name={name}
          accent={brand.accent ?? ""}
          logo={brand.logo && logoAt(brand.logo).src}
        />
      </div>
    </main>
  );
}
