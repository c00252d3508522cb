import { useTranslations } from "next-intl";
import { fullName } from "@/lib/kernel/full-name";
import type { VisitSummary } from "@/lib/visits/answers";
import { isDue } from "@/lib/visits/run-all-late";
import { Act } from "../visits/[visitId]/act";
import { tellAllLate } from "./actions";

/** One press for each clinician whose patients wait or are due: all of them are told at once. */
export function AllLate({ visits, now }: { visits: readonly VisitSummary[]; now: Date }) {
  const t = useTranslations("today.late");
  const by = useTranslations("visit.late");
  const due = visits.filter((visit) => isDue(visit, now));
  const clinicians = new Map(due.map(({ clinician }) => [clinician.clinicianId, clinician]));
  if (due.length === 0) return null;
  return (
    <details className="alllate">
      <summary>{t("title")}</summary>
      <div className="card stack">
        <p className="small soft">{t("say")}</p>
        {[...clinicians].map(([clinicianId, clinician]) => {
          const own = due.filter((visit) => visit.clinician.clinicianId === clinicianId);
          const name = fullName(clinician);
          return (
            <fieldset key={clinicianId}>
              <legend>{t("of", { name, count: own.length })}</legend>
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
