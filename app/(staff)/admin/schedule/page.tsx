import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { type ClinicianEntry, listClinicians } from "@/lib/clinicians/list-clinicians";
import { doorDeps } from "@/lib/http/deps";
import { calendarDay } from "@/lib/kernel/times";
import { getVisit } from "@/lib/visits/get-visit";
import { readSchedule, type ScheduledEntry } from "@/lib/visits/read-schedule";
import { requestLanguage } from "../../../request-language";
import type { Search } from "../asked-days";
import { SaveCsv } from "../save-csv";
import { readAsked, readMarked } from "./asked";
import { addDays, dayBegins } from "./days";
import { dayOf, hoursOf, layOut } from "./lay-out";
import { type Column, Planner } from "./planner";
import { ScheduleBar } from "./schedule-bar";
import { Shown } from "./shown";
import "./schedule.css";
import { fullName } from "@/lib/kernel/full-name";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("schedule");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };
/** A day's columns are its clinicians: all of them, as long as they find room. */
const columnsWithoutVisits = 8;

/** The book as it stands: a week with a column for each day, or a day with one for each clinician. */
export default async function Schedule({ searchParams }: Props) {
  const actor = await requirePage("/admin/schedule");
  const deps = await doorDeps();
  const [zone, { tag }, t] = await Promise.all([
    readerTimeZone(),
    requestLanguage(),
    getTranslations("schedule"),
  ]);
  const today = calendarDay(deps.clock.now(), zone);
  const search = await searchParams;
  const about = readMarked(search);
  const found = about.visitId ? await getVisit(deps, { actor, visitId: about.visitId }) : null;
  const visit = found?.ok ? found.value : null;
  // Where nothing else is asked for, the day of the visit that the address is about.
  const asked = readAsked(search, visit ? calendarDay(new Date(visit.scheduledAt), zone) : today);
  const { days, clinicianId, view } = asked;
  const shown = {
    from: dayBegins(days[0]!, zone),
    to: dayBegins(addDays(days.at(-1)!, 1), zone),
    ...(clinicianId && { clinicianId }),
  };
  const [{ visits, more }, { clinicians }] = await Promise.all([
    readSchedule(deps, { actor, ...shown }),
    listClinicians(deps, { actor }),
  ]);
  const hours = hoursOf(visits, zone);
  const placedIn = (some: ScheduledEntry[]) => layOut(some, { zone, ...hours });
  const dayName = (day: string, weekday: "short" | "long") =>
    new Intl.DateTimeFormat(tag, { weekday, month: "short", day: "numeric", timeZone: "UTC" }).format(
      new Date(`${day}T00:00:00Z`),
    );
  const columns: Column[] =
    view === "week"
      ? days.map((day) => ({
          key: day,
          label: dayName(day, "short"),
          day,
          clinicianId: null,
          today: day === today,
          placed: placedIn(visits.filter((entry) => dayOf(entry, zone) === day)),
        }))
      : whoseColumns(clinicians, visits, clinicianId).map((one) => ({
          key: one.id,
          label: one.name,
          day: days[0]!,
          clinicianId: one.id,
          today: false,
          placed: placedIn(visits.filter((entry) => entry.clinicianId === one.id)),
        }));
  const first = about.moving && visit?.status === "SCHEDULED" ? visit : null;
  const standing = !about.moving && visits.find(({ visitId }) => visitId === visit?.visitId);
  return (
    <main className="main">
      <div className="row row--wrap head">
        <div className="grow">
          <h1>{view === "day" ? dayName(days[0]!, "long") : t("title")}</h1>
          <p className="soft">
            {view === "week"
              ? t("weekSay", {
                  from: dayName(days[0]!, "short"),
                  to: dayName(days.at(-1)!, "short"),
                  zone: zone.replaceAll("_", " "),
                })
              : t("daySay", { zone: zone.replaceAll("_", " ") })}{" "}
            <span className="wide">{t("drag")}</span>
          </p>
        </div>
        <SaveCsv
          shown={{ ...shown, without: "cancelled" }}
          own={actor.role === "clinician"}
          {...{ today, zone, tag }}
        />
      </div>
      <ScheduleBar asked={asked} today={today} clinicians={clinicians} />
      {more ? <p className="banner banner--notice">{t("more", { count: visits.length })}</p> : null}
      {visits.length === 0 ? (
        <p className="banner banner--above" role="status">
          <span>
            {t(view === "week" ? "emptyWeek" : "emptyDay")} <Link href="/admin/visits/new">{t("book")}</Link>
          </span>
        </p>
      ) : null}
      {standing ? (
        <Shown entry={standing} onScreen={days.includes(about.was)} {...{ about, asked, zone, tag }} />
      ) : null}
      <Planner
        // Another week is another grid.
        key={`${view} ${days[0]} ${clinicianId} ${about.moving}`}
        label={t("title")}
        columns={columns}
        days={days.map((day) => ({ day, label: dayName(day, "long") }))}
        hours={hours}
        zone={zone}
        tag={tag}
        clinicians={clinicians.map((one) => ({
          id: one.clinicianId,
          name: fullName(one),
        }))}
        marked={visit?.visitId ?? ""}
        served={deps.clock.now().toISOString()}
        asked={{ view, on: asked.on, clinicianId }}
        moving={
          first && {
            visitId: first.visitId,
            scheduledAt: first.scheduledAt,
            durationMinutes: first.duration,
            status: "SCHEDULED",
            patientId: first.patient.patientId,
            repeats: first.series !== null,
            patient: `${first.patient.firstName} ${first.patient.lastName}`,
            patientZone: first.patient.timeZone,
            clinicianId: first.clinician.clinicianId,
            clinician: [first.clinician.title, first.clinician.firstName, first.clinician.lastName]
              .filter(Boolean)
              .join(" "),
          }
        }
      />
    </main>
  );
}

/** Who has a column: the one asked for; else whoever has a visit, and the others too while there is room. */
function whoseColumns(
  clinicians: ClinicianEntry[],
  visits: ScheduledEntry[],
  only: string,
): { id: string; name: string }[] {
  const booked = new Map(visits.map((entry) => [entry.clinicianId, entry.clinician]));
  const all = clinicians.map((one) => ({
    id: one.clinicianId,
    name: fullName(one),
  }));
  if (only) return all.filter(({ id }) => id === only);
  if (all.length <= columnsWithoutVisits) {
    const others = [...booked].filter(([id]) => all.every((one) => one.id !== id));
    return [...all, ...others.map(([id, name]) => ({ id, name }))];
  }
  return [...booked].map(([id, name]) => ({ id, name }));
}
