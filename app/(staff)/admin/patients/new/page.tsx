import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { patientChoices } from "../choices";
import { NewPatient } from "./new-patient";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("patients.new");
  return { title: t("title") };
}

export default async function NewPatientPage() {
  await requirePage("/admin/patients/new");
  const [choices, t] = await Promise.all([patientChoices(), getTranslations("patients")]);
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin/patients">{t("title")}</Link> / {t("new.title")}
      </p>
      <div className="head">
        <h1>{t("new.title")}</h1>
        <p className="soft">{t("new.say")}</p>
      </div>
      <div className="cols cols--form">
        <NewPatient {...choices} />
      </div>
    </main>
  );
}
