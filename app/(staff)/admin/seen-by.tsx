import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";

type Props = {
  /** "Patient sees" */
  who: string;
  /** Null: no such time. */
  at: Date | null;
  minutes: number;
  /** IANA: whose clocks. */
  zone: string;
  tag: string;
};

/** From when to when a visit is, by the clocks of one of its people. */
export function SeenBy({ who, at, minutes, zone, tag }: Props) {
  const t = useTranslations("book");
  const end = at && new Date(at.getTime() + minutes * 60_000);
  return (
    <div>
      <span className="hint small">{who}</span>{" "}
      <b>
        {at && end
          ? t("seen", {
              from: clockTime(at, zone, tag),
              to: clockTime(end, zone, tag),
              day: shortDay(at, zone, tag),
            })
          : "—"}
      </b>{" "}
      <span className="small soft">{zone.replaceAll("_", " ")}</span>
    </div>
  );
}
