import { useTranslations } from "next-intl";
import type { AuditListEntry } from "@/lib/audit/list-audit";
import { useEventWords, useRoleWords } from "../event-words";
import { useReasonWords } from "../visits/[visitId]/reason-words";

/** A visit's audit as a time line: newest first; seconds shown. */
export function AuditLine({ entries, zone, tag }: { entries: AuditListEntry[]; zone: string; tag: string }) {
  const t = useTranslations("visit");
  const spelled = useRoleWords();
  const eventWords = useEventWords("visit");
  const party = (metadata: Record<string, unknown>) =>
    typeof metadata.party === "string" ? spelled(metadata.party.toUpperCase()) : null;
  const reason = useReasonWords();
  const time = new Intl.DateTimeFormat(tag, {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
  const day = new Intl.DateTimeFormat(tag, { timeZone: zone, month: "short", day: "numeric" });
  return (
    <ol className="line">
      {entries.filter(isNews).map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at.toISOString()}>
            {time.format(entry.at)}
            <br />
            {day.format(entry.at)}
          </time>
          <span className="dot" aria-hidden="true">
            <i className={dot(entry)} />
          </span>
          <div>
            <b>{eventWords(entry)}</b>
            <p className="small soft">
              {[t("by", { role: spelled(entry.actorRole) }), party(entry.metadata), reason(entry.errorCode)]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** A page that shows itself anew is looked at many times; the first of a row tells it. */
function isNews(entry: AuditListEntry, index: number, all: AuditListEntry[]): boolean {
  const before = all[index + 1];
  return (
    entry.event !== "VISIT_VIEWED" || before?.event !== "VISIT_VIEWED" || before.actorRole !== entry.actorRole
  );
}

function dot({ event, success }: AuditListEntry): string {
  if (!success || /REFUSED|REUSED|FAILED|BOUNCED|UNDELIVERABLE/.test(event)) return "bad";
  if (event === "PARTY_WAITING") return "wait";
  return /SCHEDULED|REDEEMED|ADMITTED|STARTED|ENDED|SENT$|DELIVERED$/.test(event) ? "good" : "";
}
