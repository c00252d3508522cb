import type { Metadata } from "next";
import Link from "next/link";
import { readerTimeZone, requireStaff } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { staffRoles } from "@/lib/kernel/actor";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitSummary } from "@/lib/visits/answers";
import { type Journey, listJourneys } from "@/lib/visits/list-journeys";
import { listVisits } from "@/lib/visits/list-visits";
import { Icon } from "../../icons";
import { Refresh } from "./refresh";
import { LinkJourney, StateChip } from "./visit-state";

export const metadata: Metadata = { title: "Visits" };

type Props = { searchParams: Promise<{ cursor?: string | string[] }> };
const hourMs = 3_600_000;

/** The visits that the reader may see: what is on and to come first, then the last week's. */
export default async function Visits({ searchParams }: Props) {
  const actor = await requireStaff(staffRoles);
  const deps = await doorDeps();
  const { cursor } = await searchParams;
  const now = deps.clock.now();
  const turn = new Date(now.getTime() - 2 * hourMs);
  const later = typeof cursor === "string" ? cursor : undefined;
  const [coming, past] = await Promise.all([
    listVisits(deps, { actor, from: turn, limit: 50, cursor: later }),
    listVisits(deps, { actor, from: new Date(now.getTime() - 7 * 24 * hourMs), to: turn, limit: 100 }),
  ]);
  const earlier = later ? [] : [...past.visits].reverse();
  const visitIds = [...coming.visits, ...earlier].map((visit) => visit.visitId);
  const journeys = await listJourneys(deps, { actor, visitIds });
  const zone = await readerTimeZone();
  const shared = { journeys, now, zone };
  return (
    <main className="main">
      <Refresh />
      <div className="row head">
        <div className="grow">
          <h1>Visits</h1>
          <p className="soft">
            {shortDay(now, zone)}, {clockTime(now, zone)} · {zone.replaceAll("_", " ")}
          </p>
        </div>
        <Link className="btn btn--md" href="/admin/visits/new">
          <Icon name="plus" />
          Book a visit
        </Link>
      </div>
      {coming.visits.length > 0 ? (
        <VisitTable label="Now and to come" visits={coming.visits} {...shared} />
      ) : (
        <div className="card empty">
          <h2>No visits to come</h2>
          <p className="soft">When somebody books one, it stands here.</p>
          <Link className="btn btn--quiet" href="/admin/visits/new">
            Book a visit
          </Link>
        </div>
      )}
      <div className="pager">
        {later ? (
          <Link className="btn btn--quiet" href="/admin">
            Back to now
          </Link>
        ) : null}
        {coming.nextCursor ? (
          <Link className="btn btn--quiet" href={`/admin?cursor=${encodeURIComponent(coming.nextCursor)}`}>
            Show later visits
          </Link>
        ) : null}
      </div>
      {earlier.length > 0 ? (
        <section className="section">
          <h2>Earlier, in the last week</h2>
          <VisitTable label="Earlier visits" visits={earlier} {...shared} />
        </section>
      ) : null}
      <p className="small soft section">Link: sent, opened, waiting, in call.</p>
    </main>
  );
}

type TableProps = {
  label: string;
  visits: VisitSummary[];
  journeys: Map<string, Journey>;
  now: Date;
  zone: string;
};

function VisitTable({ label, visits, journeys, now, zone }: TableProps) {
  return (
    <section className="card card--flush" aria-label={label}>
      <table className="table wide">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Patient</th>
            <th scope="col">Clinician</th>
            <th scope="col">State</th>
            <th scope="col">Link</th>
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => (
            <tr key={visit.visitId} className={rowClass(visit)}>
              <td>
                <When visit={visit} zone={zone} />
              </td>
              <td>
                <PatientLink visit={visit} />
              </td>
              <td>{clinicianName(visit)}</td>
              <td>
                <StateChip visit={visit} journey={journeys.get(visit.visitId)} now={now} />
              </td>
              <td>
                <LinkJourney visit={visit} journey={journeys.get(visit.visitId)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {visits.map((visit) => (
          <li key={visit.visitId} className={visit.waitingSince ? "mrow mrow--wait" : "mrow"}>
            <span className="row">
              <span className="grow">
                <When visit={visit} zone={zone} />
              </span>
              <StateChip visit={visit} journey={journeys.get(visit.visitId)} now={now} />
            </span>
            <span className="row">
              <span className="grow">
                <PatientLink visit={visit} />
                <br />
                <span className="soft">{clinicianName(visit)}</span>
              </span>
              <LinkJourney visit={visit} journey={journeys.get(visit.visitId)} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function When({ visit, zone }: { visit: VisitSummary; zone: string }) {
  const at = new Date(visit.scheduledAt);
  return (
    <>
      <time dateTime={visit.scheduledAt}>
        <span className="hint">{shortDay(at, zone)}</span> <b>{clockTime(at, zone)}</b>
      </time>{" "}
      <span className="hint">· {visit.duration} min</span>
    </>
  );
}

function PatientLink({ visit }: { visit: VisitSummary }) {
  return (
    <Link href={`/admin/visits/${visit.visitId}`}>
      {visit.patient.firstName} {visit.patient.lastName}
    </Link>
  );
}

const clinicianName = ({ clinician }: VisitSummary) =>
  [clinician.title, clinician.firstName, clinician.lastName].filter(Boolean).join(" ");

function rowClass(visit: VisitSummary): string | undefined {
  if (visit.waitingSince) return "is-wait";
  return visit.status === "SCHEDULED" || visit.status === "ACTIVE" ? undefined : "is-past";
}
