import { clockTime, dayOf, zoneName } from "@/lib/call/time-words";
import type { DoorVisit, Party } from "@/lib/visits/answers";
import { doorWords } from "../messages/en";
import { Mark } from "../ui/icon";

/** Drawn on the server: its times must not wait for a script. */
export function VisitCard(props: {
  visit: DoorVisit;
  party: Party;
  clinician: string;
  clinicName: string;
  now: Date;
}) {
  const { visit, party } = props;
  const at = new Date(visit.scheduledAt);
  const time = clockTime(at, visit.timeZone);
  const day = dayOf(at, props.now, visit.timeZone);
  return (
    <section className="proof" aria-label={doorWords.yourVisit}>
      <div className="proof__seal">
        <Mark />
      </div>
      <div className="proof__body stack stack--tight">
        <p className="small soft">{props.clinicName}</p>
        <h1 className="proof__title">
          {party === "patient" ? doorWords.heading.patient(props.clinician) : doorWords.heading.clinician}
        </h1>
        <p>
          <b>
            <time dateTime={visit.scheduledAt}>
              {day.kind === "other" ? doorWords.otherDay(day.name, time) : doorWords[day.kind](time)}
            </time>
          </b>
          <br />
          <span className="soft">
            {doorWords.zoneAndLength(zoneName(at, visit.timeZone), visit.durationMinutes)}
          </span>
        </p>
      </div>
    </section>
  );
}
