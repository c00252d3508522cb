import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { visitTimeLine } from "@/lib/audit/visit-time-line";
import { readerTimeZone, requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { staffRoles } from "@/lib/kernel/actor";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { getVisit } from "@/lib/visits/get-visit";
import { listGuests } from "@/lib/visits/list-guests";
import { listJourneys } from "@/lib/visits/list-journeys";
import { liveState } from "@/lib/visits/live-state";
import { liveVersion } from "@/lib/visits/live-version";
import { Icon } from "../../../../icons";
import { requestLanguage } from "../../../../request-language";
import { LinkJourney, StateChip } from "../../visit-state";
import { Act, Veil } from "./act";
import { admit, cancel, makeLink, noShow, resend, sendLinks, showChat, showReason } from "./actions";
import { Arrival } from "./arrival";
import { CallAsked } from "./call-asked";
import { DeviceCheck } from "./device-check";
import { FeedbackCard } from "./feedback";
import { Follow } from "./follow";
import { Guests } from "./guests";
import { Presence } from "./presence";
import { LateNotice, RunningLate } from "./running-late";
import { LinkTable, MessageTable } from "./tables";
import { TellWaiting } from "./tell-waiting";
import { TimeLine } from "./time-line";

// No name in the title: titles stand in histories and on shared screens.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("visit");
  return { title: t("title") };
}

type Props = { params: Promise<{ visitId: string }>; searchParams: Promise<{ told?: string | string[] }> };

const told = ["booked", "booked-sent", "booked-unsent"] as const;

export default async function VisitPage({ params, searchParams }: Props) {
  const actor = await requireStaff(staffRoles);
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
  const present = live.value.parties;
  const mayAct =
    actor.role === "admin" || actor.role === "scheduler" || actor.id === visit.clinician.clinicianId;
  const mayAudit = actor.role === "admin" || actor.role === "auditor";
  const entries = mayAudit ? await visitTimeLine(deps, { actor, visitId }) : [];
  const [{ tag }, t, asked] = await Promise.all([requestLanguage(), getTranslations("visit"), searchParams]);
  const notice = told.find((name) => name === asked.told);
  const good = notice !== "booked-unsent";
  const open = visit.status === "SCHEDULED" || visit.status === "ACTIVE";
  return (
    <main className="main">
      <Follow visitId={visitId} version={liveVersion(live.value)} />
      <p className="crumbs">
        <Link href="/admin">{t("crumb")}</Link> / {t("title")}
      </p>
      <div className="row row--wrap head">
        <h1>
          {visit.patient.firstName} {visit.patient.lastName}
        </h1>
        <StateChip visit={visit} journey={journey} now={now} />
        <LinkJourney visit={visit} journey={journey} />
      </div>
      {notice ? (
        <p className={good ? "banner banner--good head" : "banner banner--notice head"} role="status">
          <Icon name={good ? "good" : "warn"} />
          <span>{t(`told.${notice}`)}</span>
        </p>
      ) : null}
      <CallAsked visit={visit} zone={zone} tag={tag} mayAct={mayAct} />
      <LateNotice visit={visit} zone={zone} tag={tag} />
      <div className="cols">
        <div className="stack">
          <Details visit={visit} zone={zone} tag={tag} reason={mayAct} />
          <Arrival visit={visit} zone={zone} tag={tag} mayAct={mayAct} />
          <FeedbackCard visit={visit} zone={zone} tag={tag} />
          <Presence visit={visit} zone={zone} tag={tag} now={now} />
          <LinkTable visit={visit} zone={zone} tag={tag} />
          <MessageTable visit={visit} zone={zone} tag={tag} mayAct={mayAct && open} />
        </div>
        <div className="stack">
          {mayAct && open ? (
            <Actions visit={visit} isClinician={actor.id === visit.clinician.clinicianId} now={now} />
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
          <DeviceCheck visit={visit} zone={zone} tag={tag} mayAct={mayAct && open} />
          {mayAct && open && visit.waitingSince ? <TellWaiting visit={visit} tag={tag} /> : null}
          {mayAct && open ? <RunningLate visit={visit} /> : null}
          {guests.length > 0 || (mayAct && open && visit.route === "meeting") ? (
            <Guests visitId={visitId} guests={guests} present={present} mayAct={mayAct && open} />
          ) : null}
          {mayAudit ? (
            <section className="card past">
              <h2 className="gap">{t("timeLine")}</h2>
              <p className="small soft">{t("timesIn", { zone: zone.replaceAll("_", " ") })}</p>
              <TimeLine entries={entries} zone={zone} tag={tag} />
            </section>
          ) : null}
        </div>
      </div>
    </main>
  );
}

function Details({
  visit,
  zone,
  tag,
  reason,
}: {
  visit: VisitDetail;
  zone: string;
  tag: string;
  reason: boolean;
}) {
  const t = useTranslations("visit");
  const from = new Date(visit.scheduledAt);
  const to = new Date(from.getTime() + visit.duration * 60_000);
  const window = (where: string) =>
    t("window", {
      day: shortDay(from, where, tag),
      from: clockTime(from, where, tag),
      to: clockTime(to, where, tag),
    });
  const kindOf = (type: string | null) =>
    type === "initial" || type === "follow-up" ? t(`kinds.${type}`) : (type ?? t("video"));
  const { patient, clinician, contacts } = visit;
  return (
    <section className="card facts">
      <h2 className="gap">{t("title")}</h2>
      <dl className="kv">
        <Fact name={t("when")}>
          <b>{window(zone)}</b> {zone.replaceAll("_", " ")}
        </Fact>
        {patient.timeZone === zone ? null : (
          <Fact name={t("patientSees")}>
            {window(patient.timeZone)} {patient.timeZone.replaceAll("_", " ")}
          </Fact>
        )}
        <Fact name={t("clinician")}>
          {[clinician.title, clinician.firstName, clinician.lastName].filter(Boolean).join(" ")}
        </Fact>
        <Fact name={t("patient")}>
          {patient.state} · {contacts.patient.phone ?? t("noPhone")} ·{" "}
          {contacts.patient.email ?? t("noEmail")}
        </Fact>
        <Fact name={t("kind")}>
          {kindOf(visit.visitType)} · {t("linkBy", { way: t(`ways.${visit.channel}`) })}
        </Fact>
        {visit.cancelReason ? <Fact name={t("cancelledBecause")}>{visit.cancelReason}</Fact> : null}
        {reason && visit.hasChiefComplaint ? (
          <Fact name={t("reason")}>
            <Veil action={showReason} visitId={visit.visitId} ask={t("showReason")} />
          </Fact>
        ) : null}
        {visit.hasChat ? (
          <Fact name={t("chat")}>
            <Veil action={showChat} visitId={visit.visitId} ask={t("showChat")} />
          </Fact>
        ) : null}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Actions({ visit, isClinician, now }: { visit: VisitDetail; isClinician: boolean; now: Date }) {
  const t = useTranslations("visit");
  const { visitId } = visit;
  const patientCame = visit.presence.some(({ party }) => party === "patient");
  const begun = Date.parse(visit.scheduledAt) <= now.getTime();
  return (
    <section className="card stack todo" aria-label={t("toDo")}>
      {visit.waitingSince ? (
        <Act
          action={admit}
          visitId={visitId}
          look="btn--notice btn--md btn--wide"
          busy={t("admitting")}
          label={t("admit")}
        />
      ) : null}
      {isClinician ? (
        <Act
          action={makeLink}
          visitId={visitId}
          party="clinician"
          look="btn--md btn--wide"
          busy={t("makingMine")}
          label={t("myLink")}
        />
      ) : null}
      <Act
        action={sendLinks}
        visitId={visitId}
        look="btn--quiet btn--wide"
        busy={t("sending")}
        label={t("sendBoth")}
      />
      <Act
        action={resend}
        visitId={visitId}
        party="patient"
        look="btn--quiet btn--wide"
        busy={t("sending")}
        label={t("resend")}
      />
      <Act
        action={makeLink}
        visitId={visitId}
        party="patient"
        look="btn--quiet btn--wide"
        busy={t("making")}
        label={t("patientLink")}
      />
      {isClinician ? null : (
        <Act
          action={makeLink}
          visitId={visitId}
          party="clinician"
          look="btn--quiet btn--wide"
          busy={t("making")}
          label={t("clinicianLink")}
        />
      )}
      {begun && !patientCame ? (
        <Act
          action={noShow}
          visitId={visitId}
          look="btn--quiet btn--wide"
          busy={t("noting")}
          label={t("noShow")}
        />
      ) : null}
      <details className="confirm">
        <summary className="btn btn--quiet btn--wide">{t("cancel")}</summary>
        <Act
          action={cancel}
          visitId={visitId}
          look="btn--danger btn--wide"
          busy={t("cancelling")}
          label={t("cancelYes")}
        >
          <p>{t("cancelSay")}</p>
          <div className="field">
            <label htmlFor="reason">{t("cancelWhy")}</label>
            <input className="input" id="reason" name="reason" maxLength={500} autoComplete="off" />
          </div>
        </Act>
      </details>
    </section>
  );
}
