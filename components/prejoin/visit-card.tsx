import { useTranslations } from "next-intl";
import { clockTime, dayOf, zoneName } from "@/lib/call/time-words";
import type { DoorVisit, Party } from "@/lib/visits/answers";
import { Mark } from "../ui/icon";

/** Drawn on the server: its times must not wait for a script. */
export function VisitCard(props: {
  visit: DoorVisit;
  party: Party;
  clinician: string;
  clinicName: string;
  now: Date;
  /** BCP 47: how times are written. */
  tag: string;
}) {
  const t = useTranslations("door");
  const { visit, party, tag } = props;
  const at = new Date(visit.scheduledAt);
  const time = clockTime(at, visit.timeZone, tag);
  const day = dayOf(at, props.now, visit.timeZone, tag);
  return (
    <section className="proof" aria-label={t("yourVisit")}>
      <div className="proof__seal">
        <Mark />
      </div>
      <div className="proof__body stack stack--tight">
        <p className="small soft">{props.clinicName}</p>
        <h1 className="proof__title">
          {party === "patient"
            ? t("headingPatient", { name: props.clinician })
            : party === "clinician"
              ? t("headingClinician")
              : t(`headingGuest.${party}`, { name: props.clinician })}
        </h1>
        <p>
          <b>
            <time dateTime={visit.scheduledAt}>
              {day.kind === "other" ? t("otherDay", { day: day.name, time }) : t(day.kind, { time })}
            </time>
          </b>
          <br />
          <span className="soft">
            {t("zoneAndLength", { zone: zoneName(at, visit.timeZone, tag), minutes: visit.durationMinutes })}
          </span>
        </p>
      </div>
    </section>
  );
}
