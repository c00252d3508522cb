import { useTranslations } from "next-intl";
import { Icon, Mark } from "@/components/ui/icon";
import { clockTime } from "@/lib/call/time-words";
import { calendarDay, shortDay, untilWords } from "@/lib/kernel/times";
import type { OwnVisit } from "@/lib/visits/own-visits";
import { OwnForm } from "../own-form";
import { join } from "./actions";
import { Request } from "./request";
import { VisitActs } from "./visit-acts";
import { When } from "./when";

type Props = { visit: OwnVisit; clinicName: string; zone: string; tag: string; now: Date };

/** What comes next, and the one thing to do about it. */
export function NextVisit({ visit, clinicName, zone, tag, now }: Props) {
  const t = useTranslations("own.next");
  const begins = new Date(visit.lateUntil ?? visit.scheduledAt);
  const active = visit.status === "ACTIVE";
  const open = active || Date.parse(visit.doorOpensAt) <= now.getTime();
  return (
    <section className="stack" aria-labelledby="next">
      <h2 id="next" className="vh">
        {t("title")}
      </h2>
      <div className="proof">
        <div className="proof__seal">
          <Mark />
        </div>
        <div className="proof__body stack stack--tight">
          <p className="small soft">{clinicName}</p>
          <h3 className="proof__title">{t("with", { clinician: visit.clinician })}</h3>
          <When visit={visit} zone={zone} tag={tag} now={now} />
          {begins > now && !active ? <p className="own__soon">{untilWords(begins, now, tag)}</p> : null}
        </div>
      </div>
      {visit.lateMinutes ? (
        <p className="banner banner--notice">
          <Icon name="clock" />
          <span>{t("late", { minutes: visit.lateMinutes, time: clockTime(begins, zone, tag) })}</span>
        </p>
      ) : null}
      {open ? (
        <OwnForm
          action={join}
          fields={{ visitId: visit.visitId }}
          look="btn--big"
          busy={t("joining")}
          label={t("join")}
        >
          <p>{active ? t("begun") : t("open")}</p>
        </OwnForm>
      ) : (
        <p className="banner">
          <Icon name="door" />
          <span>{opensWords(t, new Date(visit.doorOpensAt), { zone, tag, now })}</span>
        </p>
      )}
      <Request visit={visit} tag={tag} />
      <VisitActs visit={visit} zone={zone} tag={tag} now={now} />
    </section>
  );
}

function opensWords(
  t: ReturnType<typeof useTranslations<"own.next">>,
  at: Date,
  { zone, tag, now }: Pick<Props, "zone" | "tag" | "now">,
): string {
  const time = clockTime(at, zone, tag);
  return calendarDay(at, zone) === calendarDay(now, zone)
    ? t("opens", { time })
    : t("opensDay", { day: shortDay(at, zone, tag), time });
}
