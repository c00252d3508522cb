import { useTranslations } from "next-intl";
import { shortDay } from "@/lib/kernel/times";
import type { VisitFilter } from "@/lib/visits/list-visits";
import { Icon } from "../../icons";
import { readDays } from "./asked-days";
import { askedHref } from "./asked-href";
import { CsvMenu } from "./csv-menu";
import { daysOf } from "./periods";

type Props = {
  /** What the page shows, as a filter; said by `shownAs` where that is not plain. */
  shown: VisitFilter;
  shownAs?: "shown" | "shownToday";
  /** The reader sees their own visits alone. */
  own: boolean;
  /** `YYYY-MM-DD`, in the reader's calendar. */
  today: string;
  zone: string;
  tag: string;
};

const offered = ["today", "week", "nextWeek", "month"] as const;

/** The book as a file for a spreadsheet: what the page shows, or the days that are asked for most. */
export function SaveCsv({ shown, shownAs = "shown", own, today, zone, tag }: Props) {
  const t = useTranslations("csv");
  const periods = offered.map((period) => {
    const days = daysOf(period, today);
    const { wrong: _, ...filter } = readDays(days, zone);
    return { period, days, filter };
  });
  return (
    <CsvMenu
      label={
        <>
          <Icon name="save" />
          {t("save")}
        </>
      }
    >
      {/* Files, not pages: the router has no part in them. */}
      <a href={hrefOf(shown, zone)} download>
        {t(shownAs)}
      </a>
      <p className="small soft">{t(own ? "own" : "everybody")}</p>
      {periods.map(({ period, days, filter }) => (
        <a key={period} href={hrefOf(filter, zone)} download>
          <span>{t(period)}</span> <span className="small soft">{daysWords(days, tag)}</span>
        </a>
      ))}
      <a href={hrefOf({}, zone)} download>
        {t("all")}
      </a>
      <p className="small soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
    </CsvMenu>
  );
}

/** The filter as a query of the API, for a person to read. */
function hrefOf({ from, to, ...rest }: VisitFilter, timeZone: string): string {
  const days = { from: from?.toISOString() ?? "", to: to?.toISOString() ?? "" };
  return askedHref("/api/visits/export", { ...rest, ...days, timeZone });
}

function daysWords({ from, to }: { from: string; to: string }, tag: string): string {
  const day = (text: string) => shortDay(new Date(`${text}T00:00:00Z`), "UTC", tag);
  return from === to ? day(from) : `${day(from)} – ${day(to)}`;
}
