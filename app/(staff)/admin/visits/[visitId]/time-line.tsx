import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Happened } from "@/lib/audit/visit-time-line";
import { clockTime, shortDay } from "@/lib/kernel/times";
import { Line, type Told } from "../../line";
import { useHappenedWords } from "./happened-words";

type Props = {
  visitId: string;
  entries: Happened[];
  /** Of this visit: what is told of whom by name. */
  clinician: string;
  zone: string;
  tag: string;
  /** The reader may open the audit. */
  toAudit: boolean;
};

/** What happened, newest first; seconds shown; the zone named once. */
export function TimeLine({ visitId, entries, clinician, zone, tag, toAudit }: Props) {
  const t = useTranslations("visit");
  const wordsOf = useHappenedWords({
    clinician,
    at: (iso) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`,
  });
  const told = entries.map((entry) => ({
    id: entry.id,
    at: entry.at,
    tone: toneOf(entry),
    ...wordsOf(entry),
  }));
  return (
    <section className="card past" aria-labelledby="happened">
      <h2 className="gap" id="happened">
        {t("timeLine")}
      </h2>
      <p className="small soft">
        {t("timesIn", { zone: zone.replaceAll("_", " ") })}
        {toAudit ? (
          <>
            {" "}
            <Link href={`/admin/audit?${new URLSearchParams({ visit: visitId })}`}>{t("inAudit")}</Link>
          </>
        ) : null}
      </p>
      <Line told={told} zone={zone} tag={tag} />
    </section>
  );
}

function toneOf({ event, success }: Happened): Told["tone"] {
  if (!success || /REFUSED|REUSED|FAILED|BOUNCED|UNDELIVERABLE|CANCELLED|NO_SHOW|NOT_LICENSED/.test(event))
    return "bad";
  if (/PARTY_WAITING|RUNNING_LATE$|CALL_ASKED|TIME_ASKED/.test(event)) return "wait";
  return /SCHEDULED|ADMITTED|STARTED|ENDED|SENT$|DELIVERED$|OPENED/.test(event) ? "good" : "";
}
