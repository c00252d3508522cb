import type { VisitSummary } from "@/lib/visits/answers";
import type { Journey } from "@/lib/visits/list-journeys";
import { Icon } from "../../icons";

type Props = { visit: VisitSummary; journey?: Journey; now: Date };

const minutesSince = (from: string, now: Date) =>
  Math.max(0, Math.floor((now.getTime() - Date.parse(from)) / 60_000));

/** A visit's state in one word or two: what staff look for first. */
export function StateChip({ visit, journey, now }: Props) {
  if (visit.status === "COMPLETED")
    return (
      <span className="chip chip--done">
        <Icon name="good" />
        Done {Math.round((visit.actualDurationSeconds ?? 0) / 60)} min
      </span>
    );
  if (visit.status === "CANCELLED" || visit.status === "NO_SHOW")
    return (
      <span className="chip chip--done">
        <Icon name="cross" />
        {visit.status === "CANCELLED" ? "Cancelled" : "No-show"}
      </span>
    );
  if (visit.waitingSince)
    return (
      <span className="chip chip--wait">
        <Icon name="door" />
        Waiting {minutesSince(visit.waitingSince, now)} min
      </span>
    );
  if (visit.status === "ACTIVE")
    return (
      <span className="chip chip--live">
        In call {minutesSince(visit.startedAt ?? visit.scheduledAt, now)} min
      </span>
    );
  if (Date.parse(visit.expiresAt) < now.getTime())
    return <span className="chip chip--done">Nobody joined</span>;
  if (journey?.failed)
    return (
      <span className="chip chip--bad">
        <Icon name="warn" />
        Message failed
      </span>
    );
  if (journey?.bounced)
    return (
      <span className="chip chip--bad">
        <Icon name="warn" />
        {journey.bounced === "text" ? "Text bounced" : "Email bounced"}
      </span>
    );
  if (visit.lateMinutes)
    return (
      <span className="chip chip--wait">
        <Icon name="warn" />
        {visit.lateMinutes} min late
      </span>
    );
  if (journey?.opened)
    return (
      <span className="chip chip--good">
        <Icon name="eye" />
        Opened
      </span>
    );
  if (journey?.sent)
    return (
      <span className="chip">
        <Icon name="send" />
        Link sent
      </span>
    );
  return (
    <span className="chip">
      <Icon name="calendar" />
      Scheduled
    </span>
  );
}

/** Four arrows: sent, opened, waiting, in call; and the same in words. */
export function LinkJourney({ visit, journey }: Omit<Props, "now">) {
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
    ? "visit done"
    : inCall
      ? "in call"
      : waiting
        ? "waiting"
        : journey?.opened
          ? "link opened"
          : journey?.failed
            ? "message failed"
            : journey?.bounced
              ? "a message bounced"
              : journey?.sent
                ? "link sent"
                : "no link sent";
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
