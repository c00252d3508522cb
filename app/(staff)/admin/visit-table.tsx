import Link from "next/link";
import { useTranslations } from "next-intl";
import { fullName } from "@/lib/kernel/full-name";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { waits } from "@/lib/visits/look-at-today";
import { dayOfYear } from "./day-of-year";
import { RepeatMark } from "./repeat-mark";
import { RowActs } from "./row-acts";
import { useKindName } from "./use-kind-name";
import { usualColumns, type VisitColumn } from "./visit-columns";
import { AskedChip, CallChip, CheckChip, LinkJourney, StateChip } from "./visit-state";

type TableProps = {
  /** The year too: for lists that reach over years. */
  years?: boolean;
  /** With what is likely to be done next, for those who may: whose list it is, an id of staff. */
  actsOf?: string;
  label: string;
  /** Beside time and patient; the usual ones when not said. */
  columns?: readonly VisitColumn[];
  visits: VisitSummary[];
  journeys: Map<string, Journey>;
  now: Date;
  zone: string;
  tag: string;
};

/** Visits with their state and how far the patient's link has come: a table where there is room, blocks on a phone. */
export function VisitTable(props: TableProps) {
  const { label, visits, journeys, now, zone, tag, years = false, actsOf, columns = usualColumns } = props;
  const t = useTranslations("visits");
  const cell = (column: VisitColumn, visit: VisitSummary) => (
    <VisitCell column={column} visit={visit} journey={journeys.get(visit.visitId)} now={now} />
  );
  const inRow = columns.filter((column) => column !== "state");
  return (
    <section className="card card--flush" aria-label={label}>
      <table className="table wide">
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("patient")}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
            {actsOf ? <th scope="col">{t("act")}</th> : null}
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
              {columns.map((column) => (
                <td key={column}>{cell(column, visit)}</td>
              ))}
              {actsOf ? (
                <td>
                  <RowActs visit={visit} journey={journeys.get(visit.visitId)} now={now} reader={actsOf} />
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
              {columns.includes("state") ? cell("state", visit) : null}
            </span>
            <span className="row">
              <span className="grow">
                <PatientLink visit={visit} />
                {inRow
                  .filter((column) => column !== "link")
                  .map((column) => (
                    <span key={column} className="soft mrow__fact">
                      {cell(column, visit)}
                    </span>
                  ))}
              </span>
              {columns.includes("link") ? cell("link", visit) : null}
            </span>
            {actsOf ? (
              <RowActs visit={visit} journey={journeys.get(visit.visitId)} now={now} reader={actsOf} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

type CellProps = { column: VisitColumn; visit: VisitSummary; journey: Journey | undefined; now: Date };

function VisitCell({ column, visit, journey, now }: CellProps) {
  const t = useTranslations("visits.channels");
  const kindName = useKindName();
  switch (column) {
    case "clinician":
      return clinicianName(visit);
    case "state":
      return (
        <>
          <StateChip visit={visit} journey={journey} now={now} /> <CallChip visit={visit} />{" "}
          <AskedChip visit={visit} /> <CheckChip visit={visit} journey={journey} />
        </>
      );
    case "link":
      return <LinkJourney visit={visit} journey={journey} />;
    case "kind":
      return kindName(visit.visitType);
    case "channel":
      return t(visit.channel);
    case "place":
      return visit.patient.state;
  }
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
      {visit.series ? <RepeatMark /> : null}
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

const clinicianName = ({ clinician }: VisitSummary) => fullName(clinician);

function rowClass(visit: VisitSummary): string | undefined {
  if (waits(visit) || visit.callAskedAt) return "is-wait";
  return visit.status === "SCHEDULED" || visit.status === "ACTIVE" ? undefined : "is-past";
}
