import { useTranslations } from "next-intl";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { waits } from "@/lib/visits/look-at-today";
import { Icon } from "../../icons";

type Props = { visit: VisitSummary; journey?: Journey; now: Date };

/** Whoever is expected within a day and was sent no link waits for one. */
export const soonMs = 24 * 3_600_000;

const minutesSince = (from: string, now: Date) =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 60_000));

/** A visit's state in one word or two: what staff look for first. */
export function StateChip({ visit, journey, now }: Props) {
  const t = useTranslations("visits.chip");
  if (visit.status === "COMPLETED")
    return (
      <span className="chip chip--done">
        <Icon name="good" />
        {t("done", { minutes: Math.round((visit.actualDurationSeconds ?? 0) / 60) })}
      </span>
    );
  if (visit.status === "CANCELLED" || visit.status === "NO_SHOW")
    return (
      <span className="chip chip--done">
        <Icon name="cross" />
        {visit.status === "CANCELLED" ? t("cancelled") : t("noShow")}
      </span>
    );
  if (waits(visit))
    return (
      <span className="chip chip--wait">
        <Icon name="door" />
        {t("waiting", { minutes: minutesSince(visit.waitingSince ?? visit.scheduledAt, now) })}
      </span>
    );
  if (visit.status === "ACTIVE") return <UnderWay visit={visit} now={now} />;
  if (Date.parse(visit.expiresAt) < now.getTime())
    return <span className="chip chip--done">{t("nobody")}</span>;
  if (journey?.failed)
    return (
      <span className="chip chip--bad">
        <Icon name="warn" />
        {t("failed")}
      </span>
    );
  if (journey?.bounced)
    return (
      <span className="chip chip--bad">
        <Icon name="warn" />
        {journey.bounced === "text" ? t("textBounced") : t("emailBounced")}
      </span>
    );
  if (journey && !journey.sent && !journey.opened && Date.parse(visit.scheduledAt) - now.getTime() < soonMs)
    return (
      <span className="chip chip--wait">
        <Icon name="warn" />
        {t("unsent")}
      </span>
    );
  const missed = minutesSince(visit.scheduledAt, now) - (visit.lateMinutes ?? 0);
  if (missed >= 10)
    return (
      <span className="chip chip--wait">
        <Icon name="warn" />
        {t(journey?.opened ? "openedNotHere" : "notHere", { minutes: missed })}
      </span>
    );
  if (visit.lateMinutes)
    return (
      <span className="chip chip--wait">
        <Icon name="warn" />
        {t("late", { minutes: visit.lateMinutes })}
      </span>
    );
  if (journey?.opened)
    return (
      <span className="chip chip--good">
        <Icon name="eye" />
        {t("opened")}
      </span>
    );
  if (journey?.sent)
    return (
      <span className="chip">
        <Icon name="send" />
        {journey.delivered ? t("delivered") : t("sent")}
      </span>
    );
  return (
    <span className="chip">
      <Icon name="calendar" />
      {t("scheduled")}
    </span>
  );
}

/** A visit that was started, by who is there: one that everybody forgot to end is not a call. */
function UnderWay({ visit, now }: Pick<Props, "visit" | "now">) {
  const t = useTranslations("visits.chip");
  const { connected } = visit;
  if (!connected) return <span className="chip">{t("started")}</span>;
  const { patient, clinician, guests, togetherSince } = connected;
  const name = [visit.clinician.title, visit.clinician.firstName].filter(Boolean).join(" ");
  const since = (at: string) => ({ name, minutes: minutesSince(at, now) });
  if (togetherSince) return <span className="chip chip--live">{t("inCall", since(togetherSince))}</span>;
  const lastSeenAt = [patient.lastSeenAt, clinician.lastSeenAt].reduce((last, at) =>
    at && (!last || at > last) ? at : last,
  );
  const words = clinician.here
    ? patient.lastSeenAt
      ? t(patient.left ? "patientLeft" : "patientSilent", since(patient.lastSeenAt))
      : t("clinicianAlone", { name })
    : patient.here
      ? clinician.lastSeenAt
        ? t(clinician.left ? "clinicianLeft" : "clinicianSilent", since(clinician.lastSeenAt))
        : t("patientAlone")
      : guests > 0
        ? t("guestsAlone")
        : lastSeenAt
          ? t("nobodyThere", since(lastSeenAt))
          : t("nobodyConnected");
  return (
    <span className="chip chip--wait">
      <Icon name="warn" />
      {words}
    </span>
  );
}

/** Beside the state: the patient wants the telephone instead. */
export function CallChip({ visit }: Pick<Props, "visit">) {
  const t = useTranslations("visits.chip");
  if (!visit.callAskedAt) return null;
  return (
    <span className="chip chip--bad">
      <Icon name="warn" />
      {t("callAsked")}
    </span>
  );
}

/** Beside the state of a visit to come: what the patient asks for on their own page. */
export function AskedChip({ visit }: Pick<Props, "visit">) {
  const t = useTranslations("asked.chip");
  if (visit.status !== "SCHEDULED" || !visit.timeAsked) return null;
  return (
    <span className="chip chip--wait">
      <Icon name="calendar" />
      {t(visit.timeAsked.kind)}
    </span>
  );
}

/** Beside the state of a visit to come: the patient's device check found something that staff can still see to. */
export function CheckChip({ visit, journey }: Omit<Props, "now">) {
  const t = useTranslations("visits.chip");
  if (visit.status !== "SCHEDULED" || journey?.check !== "trouble") return null;
  return (
    <span className="chip chip--bad">
      <Icon name="warn" />
      {t("checkTrouble")}
    </span>
  );
}

const legend = ["sent", "opened", "waiting", "inCall"] as const;

/** What the four arrows mean, shown by themselves. */
export function LinkLegend() {
  const t = useTranslations("visits.journey");
  return (
    <p className="legend small soft">
      {legend.map((step, reached) => (
        <span key={step} className="row">
          <span className="journey" aria-hidden="true">
            {legend.map((other, place) => (
              <i
                key={other}
                className={place > reached ? "" : step === "waiting" && place === reached ? "wait" : "on"}
              />
            ))}
          </span>
          {t(step)}
        </span>
      ))}
    </p>
  );
}

/** Four arrows: sent, opened, waiting, in call; and the same in words. @param props.said the words are for the eye too. */
export function LinkJourney({ visit, journey, said = false }: Omit<Props, "now"> & { said?: boolean }) {
  const t = useTranslations("visits.journey");
  const { connected } = visit;
  const waiting = waits(visit);
  const inCall = connected?.patient.here === true && connected.patient.admitted;
  const left = !inCall && !waiting && connected?.patient.admitted === true;
  const been = left || (visit.status === "COMPLETED" && journey?.joined === true);
  const steps = [
    journey?.failed || journey?.bounced ? "bad" : journey?.sent || journey?.opened ? "on" : "",
    journey?.opened ? "on" : "",
    waiting ? "wait" : inCall || been ? "on" : "",
    inCall || (been && !left) ? "on" : "",
  ];
  const words = been
    ? t(left ? "left" : "done")
    : inCall
      ? t("inCall")
      : waiting
        ? t("waiting")
        : journey?.opened
          ? t("opened")
          : journey?.failed
            ? t("failed")
            : journey?.bounced
              ? t("bounced")
              : journey?.sent
                ? t("sent")
                : t("none");
  return (
    <>
      <span className="journey" aria-hidden="true" title={words}>
        <i className={steps[0]} />
        <i className={steps[1]} />
        <i className={steps[2]} />
        <i className={steps[3]} />
      </span>
      <span className={said ? "small soft" : "vh"}>{words}</span>
    </>
  );
}
