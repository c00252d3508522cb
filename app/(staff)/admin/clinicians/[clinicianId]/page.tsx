import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/lib/auth/require-staff";
import { readClinician } from "@/lib/clinicians/roster";
import { doorDeps } from "@/lib/http/deps";
import { runsTheBook } from "@/lib/kernel/actor";
import { fullName } from "@/lib/kernel/full-name";
import { calendarDay, clockTime } from "@/lib/kernel/times";
import { requestLanguage } from "../../../../request-language";
import { DaysOffCard } from "./days-off-card";
import { LicencesCard } from "./licences-card";
import { WeekCard } from "./week-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clinicians");
  return { title: t("one") };
}

type Props = { params: Promise<{ clinicianId: string }> };

/** One clinician: licenses, the week's hours, days off. Who runs the book changes them; the clinician reads. */
export default async function Clinician({ params }: Props) {
  const actor = await requirePage("/admin/clinicians/[clinicianId]");
  const deps = await doorDeps();
  const clinician = await readClinician(deps, { actor, clinicianId: (await params).clinicianId });
  if (!clinician) notFound();
  const [{ tag }, t] = await Promise.all([requestLanguage(), getTranslations("clinicians")]);
  const now = deps.clock.now();
  const name = fullName(clinician);
  const shared = {
    clinician,
    today: calendarDay(now, clinician.timeZone),
    mayChange: runsTheBook(actor),
    tag,
  };
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin/clinicians">{t("title")}</Link> / {name}
      </p>
      <div className="row head">
        <div className="grow">
          <h1>{name}</h1>
          <p className="soft">
            {t("theirTime", {
              time: clockTime(now, clinician.timeZone, tag),
              zone: clinician.timeZone.replaceAll("_", " "),
            })}
            {clinician.suspended ? ` · ${t("suspended")}` : null}
          </p>
        </div>
        <Link
          className="btn btn--quiet"
          href={`/admin/visits?${new URLSearchParams({ clinician: clinician.clinicianId, from: shared.today })}`}
        >
          {t("visits")}
        </Link>
      </div>
      <div className="stack stack--loose">
        <LicencesCard {...shared} />
        <WeekCard {...shared} />
        <DaysOffCard {...shared} />
      </div>
    </main>
  );
}
