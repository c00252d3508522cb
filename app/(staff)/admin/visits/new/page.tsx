import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { getVisit } from "@/lib/visits/get-visit";
import { listClinicians, listPatients } from "@/lib/visits/list-people";
import { requestLanguage } from "../../../../request-language";
import { BookForm } from "./book-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("book");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ after?: string | string[] }> };

/** @param props.searchParams `after`: the id of a visit that this one follows; its people, length and way are filled in. */
export default async function NewVisit({ searchParams }: Props) {
  const actor = await requirePage("/admin/visits/new");
  const deps = await doorDeps();
  const { after } = await searchParams;
  const before = typeof after === "string" ? await getVisit(deps, { actor, visitId: after }) : null;
  const first = before?.ok ? before.value : null;
  const [found, { clinicians }] = await Promise.all([
    listPatients(deps, { actor, q: first?.patient.lastName, limit: 100 }),
    listClinicians(deps, { actor }),
  ]);
  const known = found.patients.some(({ patientId }) => patientId === first?.patient.patientId);
  const [zone, { tag }, t] = await Promise.all([
    readerTimeZone(),
    requestLanguage(),
    getTranslations("book"),
  ]);
  const now = deps.clock.now();
  const at = first ? weekAfter(new Date(first.scheduledAt), now, zone) : wallTime(nextHalfHour(now), zone);
  const [date = "", time = ""] = at.split("T");
  const clinicianId = first?.clinician.clinicianId ?? (actor.role === "clinician" ? actor.id : "");
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
          patients={found.patients}
          clinicians={clinicians}
          start={{
            date,
            time,
            zone,
            clinicianId,
            patientId: known && first ? first.patient.patientId : "",
            duration: String(first?.duration ?? 30),
            visitType: first ? "follow-up" : "initial",
            channel: first?.channel ?? "both",
          }}
          tag={tag}
        />
      </div>
    </main>
  );
}

/** The same weekday and time of day, by the clocks of `zone`, in the first week that is still to come. */
function weekAfter(before: Date, now: Date, zone: string): string {
  const [date = "", time = ""] = wallTime(before, zone).split("T");
  const day = new Date(`${date}T00:00:00Z`);
  let wall = "";
  do {
    day.setUTCDate(day.getUTCDate() + 7);
    wall = `${day.toISOString().slice(0, 10)}T${time}`;
  } while ((instantOf(wall, zone)?.getTime() ?? 0) <= now.getTime());
  return wall;
}

function nextHalfHour(now: Date): Date {
  const half = 30 * 60_000;
  return new Date((Math.floor(now.getTime() / half) + 1) * half);
}
