import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { ScheduledEntry } from "@/lib/visits/read-schedule";
import { Icon } from "../../../icons";
import { type Asked, type readMarked, scheduleHref } from "./asked";

type Props = {
  entry: ScheduledEntry;
  about: ReturnType<typeof readMarked>;
  asked: Asked;
  zone: string;
  tag: string;
  /** Where it was stands on the page too: no way back is needed. */
  onScreen: boolean;
};

/** Above the book: which visit is marked in it, where it stands now, and the way back to where one was. */
export function Shown({ entry, about: { was, all }, asked, zone, tag, onScreen }: Props) {
  const t = useTranslations("schedule.shown");
  const at = new Date(entry.scheduledAt);
  const facts = {
    patient: entry.patient,
    clinician: entry.clinician,
    day: shortDay(at, zone, tag),
    time: clockTime(at, zone, tag),
  };
  return (
    <div className={was ? "banner banner--good head" : "banner head"} role="status">
      <Icon name={was ? "good" : "calendar"} />
      <p>
        {t(was ? (all ? "movedAll" : "moved") : "stands", facts)}{" "}
        <Link href={`/admin/visits/${entry.visitId}`}>{t("open")}</Link>
        {was && !onScreen ? (
          <>
            {" · "}
            <Link href={scheduleHref(asked, { on: was })}>
              {t(asked.view === "week" ? "backToWeek" : "backToDay", {
                day: shortDay(new Date(`${was}T12:00:00Z`), "UTC", tag),
              })}
            </Link>
          </>
        ) : null}
      </p>
    </div>
  );
}
