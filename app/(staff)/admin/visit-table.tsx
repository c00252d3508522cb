import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { waits } from "@/lib/visits/look-at-today";
import { RowActs } from "./row-acts";
import { CallChip, LinkJourney, StateChip } from "./visit-state";

type TableProps = {
  /** The year too: for lists that reach over years. */
  years?: boolean;
  /** With what is likely to be done next, for those who may. */
  acts?: boolean;
  label: string;
  visits: VisitSummary[];
  journeys: Map<string, Journey>;
  now: Date;
  zone: string;
  tag: string;
};

/** Visits with their state and how far the patient's link has come: a table where there is room, blocks on a phone. */
export function VisitTable({
  label,
  visits,
  journeys,
  now,
  zone,
  tag,
  years = false,
  acts = false,
}: TableProps) {
  const t = useTranslations("visits");
  return (
    <section className="card card--flush" aria-label={label}>
      <table className="table wide">
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("patient")}</th>
            <th scope="col">{t("clinician")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col">{t("link")}</th>
            {acts ? <th scope="col">{t("act")}</th> : null}
          </tr>
        </thead>
        <tbody>
          {visits.map((visit) => (
            <tr key={visit.visitId} className={rowClass(visit)}>
              <td>
                <When visit={visit} zone={zone} tag={tag} years={years} />
              </td>
              <td>
                <PatientLink visit={visit} />
              </td>
              <td>{clinicianName(visit)}</td>
              <td>
                <StateChip visit={visit} journey={journeys.get(visit.visitId)} now={now} />{" "}
                <CallChip visit={visit} />
              </td>
              <td>
                <LinkJourney visit={visit} journey={journeys.get(visit.visitId)} />
              </td>
              {acts ? (
                <td>
                  <RowActs visit={visit} journey={journeys.get(visit.visitId)} now={now} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {visits.map((visit) => (
          <li key={visit.visitId} className={waits(visit) || visit.callAskedAt ? "mrow mrow--wait" : "mrow"}>
            <span className="row">
              <span className="grow">
                <When visit={visit} zone={zone} tag={tag} years={years} />
              </span>
              <CallChip visit={visit} />
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
            {acts ? <RowActs visit={visit} journey={journeys.get(visit.visitId)} now={now} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type WhenProps = { visit: VisitSummary; zone: string; tag: string; years: boolean };

function When({ visit, zone, tag, years }: WhenProps) {
  const t = useTranslations("visits");
  const at = new Date(visit.scheduledAt);
  return (
    <>
      <time dateTime={visit.scheduledAt}>
        <span className="hint">{years ? dayOfYear(at, zone, tag) : shortDay(at, zone, tag)}</span>{" "}
        <b>{clockTime(at, zone, tag)}</b>
      </time>{" "}
      <span className="hint">{t("minutes", { minutes: visit.duration })}</span>
    </>
  );
}

const dayOfYear = (at: Date, timeZone: string, tag: string) =>
  new Intl.DateTimeFormat(tag, { timeZone, year: "numeric", month: "short", day: "numeric" }).format(at);

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
  if (waits(visit) || visit.callAskedAt) return "is-wait";
  return visit.status === "SCHEDULED" || visit.status === "ACTIVE" ? undefined : "is-past";
}
