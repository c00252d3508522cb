import { clockTime } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Act } from "./act";
import { late } from "./actions";

/** One press tells the patient, on their phone and in the waiting room; another takes it back. */
export function RunningLate({ visit }: { visit: VisitDetail }) {
  return (
    <section className="card stack stack--tight todo" aria-labelledby="late-head">
      <h2 id="late-head">Running late</h2>
      <p className="small soft">The patient gets a message, and sees it in the waiting room.</p>
      <div className="row row--wrap">
        {["10", "20", "30"].map((minutes) => (
          <Act
            key={minutes}
            action={late}
            visitId={visit.visitId}
            fields={{ minutes }}
            look="btn--quiet"
            busy="Telling…"
            label={`${minutes} min late`}
          />
        ))}
      </div>
      {visit.lateUntil ? (
        <Act
          action={late}
          visitId={visit.visitId}
          fields={{ minutes: "0" }}
          look="btn--quiet btn--wide"
          busy="Taking it back…"
          label="Undo: on time after all"
        />
      ) : null}
    </section>
  );
}

export function LateNotice({ visit, zone }: { visit: VisitDetail; zone: string }) {
  if (!visit.lateUntil || (visit.status !== "SCHEDULED" && visit.status !== "ACTIVE")) return null;
  return (
    <p className="banner banner--notice head" role="status">
      <Icon name="warn" />
      <span>
        <b>Running {visit.lateMinutes} min late.</b> Expected to begin at{" "}
        {clockTime(new Date(visit.lateUntil), zone)}.
      </span>
    </p>
  );
}
