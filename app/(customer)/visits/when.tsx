import { useTranslations } from "next-intl";
import { clockTime, dayOf, zoneName } from "@/lib/call/time-words";
import type { OwnVisit } from "@/lib/visits/own-visits";

type Props = { visit: OwnVisit; zone: string; tag: string; now: Date };

/** "Tomorrow, 3:00 PM", and below it the zone and how long. */
export function When({ visit, zone, tag, now }: Props) {
  const t = useTranslations("door");
  const at = new Date(visit.scheduledAt);
  const day = dayOf(at, now, zone, tag);
  const time = clockTime(at, zone, tag);
  return (
    <p>
      <time className="own__when" dateTime={visit.scheduledAt}>
        {day.kind === "other" ? t("otherDay", { day: day.name, time }) : t(day.kind, { time })}
      </time>
      <br />
      <span className="soft">
        {t("zoneAndLength", { zone: zoneName(at, zone, tag), minutes: visit.duration })}
      </span>
    </p>
  );
}
