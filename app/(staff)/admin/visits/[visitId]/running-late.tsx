import { useTranslations } from "next-intl";
import { clockTime } from "@/lib/kernel/times";
import type { VisitDetail } from "@/lib/visits/answers";
import { Icon } from "../../../../icons";
import { Act } from "./act";
import { late } from "./actions";

/** One press tells the patient, on their phone and in the waiting room; another takes it back. */
export function RunningLate({ visit }: { visit: VisitDetail }) {
  const t = useTranslations("visit.late");
  return (
    <section className="card stack stack--tight todo" aria-labelledby="late-head">
      <h2 id="late-head">{t("title")}</h2>
      <p className="small soft">{t("say")}</p>
      <div className="row row--wrap">
        {["10", "20", "30"].map((minutes) => (
          <Act
            key={minutes}
            action={late}
            visitId={visit.visitId}
            fields={{ minutes }}
            look="btn--quiet"
            busy={t("telling")}
            label={t("by", { minutes })}
          />
        ))}
      </div>
      {visit.lateUntil ? (
        <Act
          action={late}
          visitId={visit.visitId}
          fields={{ minutes: "0" }}
          look="btn--quiet btn--wide"
          busy={t("undoing")}
          label={t("undo")}
        />
      ) : null}
    </section>
  );
}

export function LateNotice({ visit, zone, tag }: { visit: VisitDetail; zone: string; tag: string }) {
  const t = useTranslations("visit.late");
  if (!visit.lateUntil || (visit.status !== "SCHEDULED" && visit.status !== "ACTIVE")) return null;
  return (
    <p className="banner banner--notice head" role="status">
      <Icon name="warn" />
      <span>
        {t.rich("notice", {
          minutes: visit.lateMinutes ?? 0,
          time: clockTime(new Date(visit.lateUntil), zone, tag),
          b: (part) => <b>{part}</b>,
        })}
      </span>
    </p>
  );
}
