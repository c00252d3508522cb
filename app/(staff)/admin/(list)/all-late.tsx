import { useTranslations } from "next-intl";
import { fullName } from "@/lib/kernel/full-name";
import { clockTime } from "@/lib/kernel/times";
import type { VisitSummary } from "@/lib/visits/answers";
import { Act } from "../visits/[visitId]/act";
import { tellAllLate } from "./actions";

type Props = {
  /** Somebody waits, or they are due. */
  visits: readonly VisitSummary[];
  /** The ids of those whom no message reaches. */
  without: ReadonlySet<string>;
  zone: string;
  tag: string;
};

/** One press for each clinician whose patients wait or are due: all of them are told at once. Who they are is said before. */
export function AllLate({ visits, without, zone, tag }: Props) {
  const t = useTranslations("today.late");
  const by = useTranslations("visit.late");
  const clinicians = new Map(visits.map(({ clinician }) => [clinician.clinicianId, clinician]));
  return (
    <details className="alllate">
      <summary>{t("title")}</summary>
      <div className="card stack">
        <p className="small soft">{t("say")}</p>
        {[...clinicians].map(([clinicianId, clinician]) => {
          const own = visits.filter((visit) => visit.clinician.clinicianId === clinicianId);
          const name = fullName(clinician);
          return (
            <fieldset key={clinicianId}>
              <legend>{t("of", { name, count: own.length })}</legend>
              <ul className="small">
                {own.map(({ visitId, patient, scheduledAt }) => (
                  <li key={visitId}>
                    {t(without.has(visitId) ? "callThem" : "willBeTold", {
                      name: `${patient.firstName} ${patient.lastName}`,
                      time: clockTime(new Date(scheduledAt), zone, tag),
                    })}
                  </li>
                ))}
              </ul>
              <div className="row row--wrap row--top">
                {["10", "20", "30"].map((minutes) => (
                  <Act
                    key={minutes}
                    action={tellAllLate}
                    fields={{ clinicianId, minutes }}
                    busy={by("telling")}
                    label={by("by", { minutes })}
                  />
                ))}
                {own.some(({ lateMinutes }) => lateMinutes !== null) ? (
                  <Act
                    action={tellAllLate}
                    fields={{ clinicianId, minutes: "0" }}
                    busy={by("undoing")}
                    label={by("undo")}
                  />
                ) : null}
              </div>
            </fieldset>
          );
        })}
      </div>
    </details>
  );
}
