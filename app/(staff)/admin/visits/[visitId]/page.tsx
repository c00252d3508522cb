import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
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
import { LinkJourney, StateChip } from "../../visit-state";
import { Act, Veil } from "./act";
import { admit, cancel, makeLink, noShow, resend, sendLinks, showReason } from "./actions";
import { Follow } from "./follow";
import { Guests } from "./guests";
import { LateNotice, RunningLate } from "./running-late";
import { LinkTable, MessageTable } from "./tables";
import { TimeLine } from "./time-line";

// No name in the title: titles stand in histories and on shared screens.
export const metadata: Metadata = { title: "Visit" };

type Props = { params: Promise<{ visitId: string }>; searchParams: Promise<{ told?: string | string[] }> };

const told: Record<string, { good: boolean; words: string }> = {
  booked: { good: true, words: "Booked. No link has been sent yet." },
  "booked-sent": { good: true, words: "Booked. The links are on their way." },
  "booked-unsent": {
    good: false,
    words: "Booked, but no link could be sent: nothing is on file to send it to. Make a link below.",
  },
};

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
  const notice = told[String((await searchParams).told)];
  const open = visit.status === "SCHEDULED" || visit.status === "ACTIVE";
  return (
    <main className="main">
      <Follow visitId={visitId} version={liveVersion(live.value)} />
      <p className="crumbs">
        <Link href="/admin">Visits</Link> / Visit
      </p>
      <div className="row row--wrap head">
        <h1>
          {visit.patient.firstName} {visit.patient.lastName}
        </h1>
        <StateChip visit={visit} journey={journey} now={now} />
        <LinkJourney visit={visit} journey={journey} />
      </div>
      {notice ? (
        <p className={notice.good ? "banner banner--good head" : "banner banner--notice head"} role="status">
          <Icon name={notice.good ? "good" : "warn"} />
          <span>{notice.words}</span>
        </p>
      ) : null}
      <LateNotice visit={visit} zone={zone} />
      <div className="cols">
        <div className="stack">
          <Details visit={visit} zone={zone} reason={mayAct} />
          <LinkTable visit={visit} zone={zone} />
          <MessageTable visit={visit} zone={zone} mayAct={mayAct && open} />
        </div>
        <div className="stack">
          {mayAct && open ? (
            <Actions visit={visit} isClinician={actor.id === visit.clinician.clinicianId} now={now} />
          ) : null}
          {mayAct && open ? <RunningLate visit={visit} /> : null}
          {guests.length > 0 || (mayAct && open && visit.route === "meeting") ? (
            <Guests visitId={visitId} guests={guests} present={present} mayAct={mayAct && open} />
          ) : null}
          {mayAudit ? (
            <section className="card past">
              <h2 className="gap">Time line</h2>
              <p className="small soft">Times in {zone.replaceAll("_", " ")}.</p>
              <TimeLine entries={entries} zone={zone} />
            </section>
          ) : null}
        </div>
      </div>
    </main>
  );
}

function Details({ visit, zone, reason }: { visit: VisitDetail; zone: string; reason: boolean }) {
  const from = new Date(visit.scheduledAt);
  const to = new Date(from.getTime() + visit.duration * 60_000);
  const window = (where: string) =>
    `${shortDay(from, where)}, ${clockTime(from, where)} to ${clockTime(to, where)}`;
  const { patient, clinician, contacts } = visit;
  return (
    <section className="card facts">
      <h2 className="gap">Visit</h2>
      <dl className="kv">
        <Fact name="When">
          <b>{window(zone)}</b> {zone.replaceAll("_", " ")}
        </Fact>
        {patient.timeZone === zone ? null : (
          <Fact name="Patient sees">
            {window(patient.timeZone)} {patient.timeZone.replaceAll("_", " ")}
          </Fact>
        )}
        <Fact name="Clinician">
          {[clinician.title, clinician.firstName, clinician.lastName].filter(Boolean).join(" ")}
        </Fact>
        <Fact name="Patient">
          {patient.state} · {contacts.patient.phone ?? "no phone"} · {contacts.patient.email ?? "no email"}
        </Fact>
        <Fact name="Kind">
          {visit.visitType ?? "Video"} · link by{" "}
          {visit.channel === "both" ? "text and email" : visit.channel === "sms" ? "text" : "email"}
        </Fact>
        {visit.cancelReason ? <Fact name="Cancelled because">{visit.cancelReason}</Fact> : null}
        {reason && visit.hasChiefComplaint ? (
          <Fact name="Reason">
            <Veil action={showReason} visitId={visit.visitId} />
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
  const { visitId } = visit;
  const begun = Date.parse(visit.scheduledAt) <= now.getTime();
  return (
    <section className="card stack todo" aria-label="What to do">
      {visit.waitingSince ? (
        <Act
          action={admit}
          visitId={visitId}
          look="btn--notice btn--md btn--wide"
          busy="Letting in…"
          label="Admit the patient"
        />
      ) : null}
      {isClinician ? (
        <Act
          action={makeLink}
          visitId={visitId}
          party="clinician"
          look="btn--md btn--wide"
          busy="Making your link…"
          label="Make my link to join"
        />
      ) : null}
      <Act
        action={sendLinks}
        visitId={visitId}
        look="btn--quiet btn--wide"
        busy="Sending…"
        label="Send links to both"
      />
      <Act
        action={resend}
        visitId={visitId}
        party="patient"
        look="btn--quiet btn--wide"
        busy="Sending…"
        label="Send the patient a new link"
      />
      <Act
        action={makeLink}
        visitId={visitId}
        party="patient"
        look="btn--quiet btn--wide"
        busy="Making…"
        label="Make a patient link to copy"
      />
      {isClinician ? null : (
        <Act
          action={makeLink}
          visitId={visitId}
          party="clinician"
          look="btn--quiet btn--wide"
          busy="Making…"
          label="Make a clinician link to copy"
        />
      )}
      {begun && visit.status === "SCHEDULED" ? (
        <Act
          action={noShow}
          visitId={visitId}
          look="btn--quiet btn--wide"
          busy="Noting…"
          label="The patient did not come"
        />
      ) : null}
      <details className="confirm">
        <summary className="btn btn--quiet btn--wide">Cancel visit…</summary>
        <Act
          action={cancel}
          visitId={visitId}
          look="btn--danger btn--wide"
          busy="Cancelling…"
          label="Yes, cancel this visit"
        >
          <p>Whoever was told of the visit is told that it is off. This can’t be undone.</p>
          <div className="field">
            <label htmlFor="reason">Why, for the file</label>
            <input className="input" id="reason" name="reason" maxLength={500} autoComplete="off" />
          </div>
        </Act>
      </details>
    </section>
  );
}
