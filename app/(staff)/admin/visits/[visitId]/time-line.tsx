import { useTranslations } from "next-intl";
import type { AuditEvent } from "@/lib/audit/events";
import type { TimeLineEntry } from "@/lib/audit/visit-time-line";
import staff from "@/messages/en/staff.json";
import type { Messages } from "@/messages/messages";
import { useReasonWords } from "./reason-words";

const { roles } = staff.visit;
type OfNoVisit =
  | "SIGN_IN"
  | "SIGN_IN_REFUSED"
  | "SIGN_OUT"
  | "API_KEY_CREATED"
  | "API_KEY_REVOKED"
  | "PATIENTS_LISTED"
  | "CLINIC_CHANGED"
  | "MESSAGE_WORDING_CHANGED"
  | "TEXTS_STOPPED"
  | "TEXTS_RESUMED"
  | "PROVIDER_EVENT_REFUSED"
  | "PROVIDER_SUBSCRIPTION_CONFIRMED";
/** Whatever is recorded of a visit has words here: a new event without them does not compile. */
const events = staff.visit.events satisfies Record<Exclude<AuditEvent, OfNoVisit>, string>;

type Told = keyof Messages["visit"]["events"];
type Named = keyof Messages["visit"]["roles"];
const isTold = (event: string): event is Told => Object.hasOwn(events, event);
const isNamed = (role: string): role is Named => Object.hasOwn(roles, role);

/** Newest first; seconds shown; the zone named once. */
export function TimeLine({ entries, zone, tag }: { entries: TimeLineEntry[]; zone: string; tag: string }) {
  const t = useTranslations("visit");
  const spelled = (role: string) => (isNamed(role) ? t(`roles.${role}`) : role);
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
            <b>{isTold(entry.event) ? t(`events.${headOf(entry, entry.event)}`) : entry.event}</b>
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

/** A link is taken back for more than one reason; the one that staff would stumble over has words of its own. */
function headOf({ metadata }: TimeLineEntry, event: Told): Told | "TOKEN_UNINVITED" | "TOKEN_CLOSED" {
  if (event !== "TOKEN_REVOKED") return event;
  if (metadata.reason === "uninvited") return "TOKEN_UNINVITED";
  return /^(cancelled|no-show|visit ended)$/.test(String(metadata.reason)) ? "TOKEN_CLOSED" : event;
}

/** A page that shows itself anew is looked at many times; the first of a row tells it. */
function isNews(entry: TimeLineEntry, index: number, all: TimeLineEntry[]): boolean {
  const before = all[index + 1];
  return (
    entry.event !== "VISIT_VIEWED" || before?.event !== "VISIT_VIEWED" || before.actorRole !== entry.actorRole
  );
}

function dot({ event, success }: TimeLineEntry): string {
  if (!success || /REFUSED|REUSED|FAILED|BOUNCED|UNDELIVERABLE/.test(event)) return "bad";
  if (event === "PARTY_WAITING") return "wait";
  return /SCHEDULED|REDEEMED|ADMITTED|STARTED|ENDED|SENT$|DELIVERED$/.test(event) ? "good" : "";
}
