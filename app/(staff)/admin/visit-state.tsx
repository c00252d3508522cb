import { useTranslations } from "next-intl";
import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { Icon } from "../../icons";

type Props = { visit: VisitSummary; journey?: Journey; now: Date };

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
  if (visit.waitingSince)
    return (
      <span className="chip chip--wait">
        <Icon name="door" />
        {t("waiting", { minutes: minutesSince(visit.waitingSince, now) })}
      </span>
    );
  if (visit.status === "ACTIVE")
    return (
      <span className="chip chip--live">
        {t("inCall", { minutes: minutesSince(visit.startedAt ?? visit.scheduledAt, now) })}
      </span>
    );
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
        {t("sent")}
      </span>
    );
  return (
    <span className="chip">
      <Icon name="calendar" />
      {t("scheduled")}
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

/** Four arrows: sent, opened, waiting, in call; and the same in words. */
export function LinkJourney({ visit, journey }: Omit<Props, "now">) {
  const t = useTranslations("visits.journey");
  const inCall = visit.status === "ACTIVE" && journey?.joined === true && !visit.waitingSince;
  const been = visit.status === "COMPLETED" && journey?.joined === true;
  const waiting = visit.waitingSince !== null;
  const steps = [
    journey?.failed || journey?.bounced ? "bad" : journey?.sent ? "on" : "",
    journey?.opened ? "on" : "",
    waiting ? "wait" : inCall || been ? "on" : "",
    inCall || been ? "on" : "",
  ];
  const words = been
    ? t("done")
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
      <span className="journey" aria-hidden="true">
        <i className={steps[0]} />
        <i className={steps[1]} />
        <i className={steps[2]} />
        <i className={steps[3]} />
      </span>
      <span className="vh">{words}</span>
    </>
  );
}
