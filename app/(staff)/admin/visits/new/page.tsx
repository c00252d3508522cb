import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { listClinicians } from "@/lib/clinicians/list-clinicians";
import { doorDeps } from "@/lib/http/deps";
import { instantOf, wallTime } from "@/lib/kernel/wall-time";
import { listPatients } from "@/lib/patients/list-patients";
import { readPatient } from "@/lib/patients/read-patient";
import { recentPatients } from "@/lib/patients/recent-patients";
import { getVisit } from "@/lib/visits/get-visit";
import { requestLanguage } from "../../../../request-language";
import { patientChoices } from "../../patients/choices";
import { BookForm } from "./book-form";
import "./new.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("book");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ after?: string | string[]; for?: string | string[] }> };

/**
 * @param props.searchParams `after`: the id of a visit that this one follows; its people, length and way are filled in. `for`: the id of the
 * patient whom it is for.
 */
export default async function NewVisit({ searchParams }: Props) {
  const actor = await requirePage("/admin/visits/new");
  const deps = await doorDeps();
  const { after, for: forWhom } = await searchParams;
  const before = typeof after === "string" ? await getVisit(deps, { actor, visitId: after }) : null;
  const first = before?.ok ? before.value : null;
  const asked = first?.patient.patientId ?? (typeof forWhom === "string" ? forWhom : "");
  const [lately, meant, { clinicians }] = await Promise.all([
    recentPatients(deps, { actor }),
    asked ? readPatient(deps, { actor, patientId: asked }) : null,
    listClinicians(deps, { actor }),
  ]);
  const patient = meant?.ok ? meant.value : null;
  const patients = lately.length > 0 ? lately : (await listPatients(deps, { actor, limit: 8 })).patients;
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
          patient={patient}
          offered={{ patients, lately: lately.length > 0 }}
          choices={mayOpen("/admin/patients/new", actor.role) ? await patientChoices() : null}
          clinicians={clinicians}
          start={{
            date,
            time,
            zone,
            clinicianId,
            duration: String(first?.duration ?? 30),
            visitType: first ? "follow-up" : "",
            channel: first?.channel ?? "both",
          }}
          zones={Intl.supportedValuesOf("timeZone")}
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
