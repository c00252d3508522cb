import { useTranslations } from "next-intl";
import type { AuditListEntry } from "@/lib/audit/list-audit";
import { useEventWords, useRoleWords } from "../event-words";
import { Line, type Told } from "../line";
import { useReasonWords } from "../visits/[visitId]/reason-words";

/** A visit's audit as a time line: newest first; seconds shown. */
export function AuditLine({ entries, zone, tag }: { entries: AuditListEntry[]; zone: string; tag: string }) {
  const t = useTranslations("visit");
  const spelled = useRoleWords();
  const eventWords = useEventWords("visit");
  const party = (metadata: Record<string, unknown>) =>
    typeof metadata.party === "string" ? spelled(metadata.party.toUpperCase()) : null;
  const reason = useReasonWords();
  const told = entries.filter(isNews).map((entry) => ({
    id: entry.id,
    at: entry.at,
    tone: toneOf(entry),
    head: eventWords(entry),
    more: [t("by", { role: spelled(entry.actorRole) }), party(entry.metadata), reason(entry.errorCode)]
      .filter(Boolean)
      .join(" · "),
  }));
  return <Line told={told} zone={zone} tag={tag} />;
}

/** A page that shows itself anew is looked at many times; the first of a row tells it. */
function isNews(entry: AuditListEntry, index: number, all: AuditListEntry[]): boolean {
  const before = all[index + 1];
  return (
    entry.event !== "VISIT_VIEWED" || before?.event !== "VISIT_VIEWED" || before.actorRole !== entry.actorRole
  );
}

function toneOf({ event, success }: AuditListEntry): Told["tone"] {
  if (!success || /REFUSED|REUSED|FAILED|BOUNCED|UNDELIVERABLE/.test(event)) return "bad";
  if (event === "PARTY_WAITING") return "wait";
  return /SCHEDULED|REDEEMED|ADMITTED|STARTED|ENDED|SENT$|DELIVERED$/.test(event) ? "good" : "";
}
