import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { visitTimeLine } from "@/lib/audit/visit-time-line";
import { mayOpen } from "@/lib/auth/access";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { fullName } from "@/lib/kernel/full-name";
import { liveVersion } from "@/lib/kernel/live-version";
import { listRecordings, mayListen } from "@/lib/recordings/play-recording";
import type { VisitDetail } from "@/lib/visits/answers";
import { getVisit } from "@/lib/visits/get-visit";
import { listGuests } from "@/lib/visits/list-guests";
import { listJourneys } from "@/lib/visits/list-journeys";
import { liveState } from "@/lib/visits/live-state";
import { readSeries } from "@/lib/visits/read-series";
import { Icon } from "../../../../icons";
import { requestLanguage } from "../../../../request-language";
import { Follow } from "../../follow";
import { Recordings } from "../../recordings/recordings";
import { LinkJourney, StateChip } from "../../visit-state";
import { Arrival } from "./arrival";
import { Booked } from "./booked";
import { CallAsked } from "./call-asked";
import { Details } from "./details";
import { DeviceCheck } from "./device-check";
import { FeedbackCard } from "./feedback";
import { Guests } from "./guests";
import { OwnPage } from "./own-page";
import { Presence } from "./presence";
import { LateNotice, RunningLate } from "./running-late";
import { followingOf, SeriesCard, SeriesLine } from "./series";
import { LinkTable, MessageTable } from "./tables";
import { TellWaiting } from "./tell-waiting";
import { TimeLine } from "./time-line";
import { TimeRequest } from "./time-request";
import { ToDo } from "./to-do";

// No name in the title: titles stand in histories and on shared screens.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("visit");
  return { title: t("title") };
}

type Props = { params: Promise<{ visitId: string }>; searchParams: Promise<{ told?: string | string[] }> };

/** The same until somebody changes the visit or comes to it, or another message goes: not for what becomes of those that were sent. */
function bookedVersion(
  { status, scheduledAt, updatedAt, links, messages, deviceCheck }: VisitDetail,
  guests: number,
): string {
  const opened = links.filter(({ openedAt }) => openedAt !== null).length;
  const failed = messages.some(
    ({ status: became }) => became !== "queued" && became !== "sent" && became !== "delivered",
  );
  return [
    status,
    scheduledAt,
    updatedAt,
    links.length,
    opened,
    messages.length,
    failed,
    deviceCheck?.at,
    guests,
  ].join();
}

const told = ["booked", "booked-sent", "booked-unsent", "booked-series", "booked-series-sent"] as const;

export default async function VisitPage({ params, searchParams }: Props) {
  const actor = await requirePage("/admin/visits/[visitId]");
  const { visitId } = await params;
  const deps = await doorDeps();
  // Before the rest: what changes while the page is made is then news to it.
  const live = await liveState(deps, { visitId, viewer: { kind: "staff", actor } });
  const found = await getVisit(deps, { actor, visitId });
  if (!found.ok || !live.ok) notFound();
  const visit = found.value;
  const zone = await readerTimeZone();
  const now = deps.clock.now();
  const journey = (await listJourneys(deps, { actor, visitIds: [visitId] })).get(visitId);
  const invited = await listGuests(deps, { actor, visitId });
  const guests = invited.ok ? invited.value.guests : [];
  const repeats = visit.series ? await readSeries(deps, { actor, visitId }) : null;
  const series = repeats?.ok ? repeats.value.series : null;
  const recordings = mayListen(actor) ? await listRecordings(deps, { actor, call: { visitId } }) : [];
  const present = live.value.parties;
  const mayAct =
    actor.role === "admin" || actor.role === "scheduler" || actor.id === visit.clinician.clinicianId;
  const mayAudit = mayOpen("/admin/audit", actor.role);
  const entries = await visitTimeLine(deps, { actor, visitId });
  const [{ tag }, t, asked] = await Promise.all([requestLanguage(), getTranslations("visit"), searchParams]);
  const notice = told.find((name) => name === asked.told);
  const open = visit.status === "SCHEDULED" || visit.status === "ACTIVE";
  return (
    <main className="main">
      <Follow path={`/api/visits/${visitId}/events`} version={liveVersion(live.value)} />
      <p className="crumbs">
        <Link href="/admin">{t("crumb")}</Link> / {t("title")}
      </p>
      <div className="row row--wrap head">
        <h1>
          {visit.patient.firstName} {visit.patient.lastName}
        </h1>
        <StateChip visit={visit} journey={journey} now={now} />
        {open || journey?.sent ? <LinkJourney visit={visit} journey={journey} said /> : null}
      </div>
      {series ? <SeriesLine visitId={visitId} series={series} tag={tag} /> : null}
      <Booked
        words={notice ? t(`told.${notice}`) : null}
        after={t("told.arrived")}
        arrived={visit.messages.some(({ status }) => status === "delivered")}
        good={notice !== "booked-unsent"}
        version={bookedVersion(visit, guests.length)}
      />
      <CallAsked visit={visit} zone={zone} tag={tag} mayAct={mayAct} />
      <TimeRequest visit={visit} zone={zone} tag={tag} mayAct={mayAct} />
      <LateNotice visit={visit} zone={zone} tag={tag} />
      <div className="cols">
        <div className="stack">
          <Details
            visit={visit}
            zone={zone}
            tag={tag}
            reason={mayAct}
            toSchedule={mayOpen("/admin/schedule", actor.role)}
            toPatient={mayOpen("/admin/patients/[patientId]", actor.role)}
            toContact={mayOpen("/admin/patients/new", actor.role)}
          />
          {series ? <SeriesCard visitId={visitId} series={series} zone={zone} tag={tag} /> : null}
          <Arrival visit={visit} zone={zone} tag={tag} mayAct={mayAct} />
          <FeedbackCard visit={visit} zone={zone} tag={tag} />
          <Presence visit={visit} zone={zone} tag={tag} now={now} />
          {recordings.length > 0 ? (
            <Recordings sounds={`/api/visits/${visitId}/recordings`} {...{ recordings, zone, tag }} />
          ) : null}
          <LinkTable visit={visit} zone={zone} tag={tag} mayAct={mayAct && open} />
          <MessageTable visit={visit} zone={zone} tag={tag} mayAct={mayAct && open} />
        </div>
        <div className="stack">
          {mayAct && open ? (
            <ToDo
              visit={visit}
              isClinician={actor.id === visit.clinician.clinicianId}
              guests={guests.length}
              following={series ? followingOf(series, visitId) : 0}
              now={now}
            />
          ) : null}
          {mayAct && !open ? (
            <Link
              className="btn btn--quiet btn--md btn--wide"
              href={`/admin/visits/new?${new URLSearchParams({ after: visitId })}`}
            >
              <Icon name="calendar" />
              {t("followUp")}
            </Link>
          ) : null}
          <DeviceCheck visit={visit} zone={zone} tag={tag} now={now} mayAct={mayAct && open} />
          {mayAct && open && visit.waitingSince ? <TellWaiting visit={visit} tag={tag} /> : null}
          {mayAct && open ? <RunningLate visit={visit} /> : null}
          {guests.length > 0 || (mayAct && open && visit.route === "meeting") ? (
            <Guests visitId={visitId} guests={guests} present={present} mayAct={mayAct && open} />
          ) : null}
          {mayAct ? (
            <OwnPage actor={actor} patientId={visit.patient.patientId} zone={zone} tag={tag} />
          ) : null}
          {entries.length > 0 ? (
            <TimeLine
              visitId={visitId}
              entries={entries}
              clinician={fullName(visit.clinician)}
              toAudit={mayAudit}
              zone={zone}
              tag={tag}
            />
          ) : null}
        </div>
      </div>
    </main>
  );
}
