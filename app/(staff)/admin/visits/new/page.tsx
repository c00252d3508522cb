import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { wallTime } from "@/lib/kernel/wall-time";
import { listClinicians, listPatients } from "@/lib/visits/list-people";
import { requestLanguage } from "../../../../request-language";
import { BookForm } from "./book-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("book");
  return { title: t("title") };
}

export default async function NewVisit() {
  const actor = await requireStaff(["clinician", "scheduler", "admin"]);
  const deps = await doorDeps();
  const [{ patients }, { clinicians }] = await Promise.all([
    listPatients(deps, { actor, limit: 100 }),
    listClinicians(deps, { actor }),
  ]);
  const [zone, { tag }, t] = await Promise.all([
    readerTimeZone(),
    requestLanguage(),
    getTranslations("book"),
  ]);
  const [date = "", time = ""] = wallTime(nextHalfHour(deps.clock.now()), zone).split("T");
  const clinicianId = actor.role === "clinician" ? actor.id : "";
  return (
    <main className="main">
      <p className="crumbs">
        <Link href="/admin">{t("visits")}</Link> / {t("title")}
      </p>
      <div className="row head">
        <h1>{t("title")}</h1>
      </div>
      <div className="cols cols--form">
        <BookForm
          patients={patients}
          clinicians={clinicians}
          start={{ date, time, zone, clinicianId }}
          tag={tag}
        />
      </div>
    </main>
  );
}

function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}
