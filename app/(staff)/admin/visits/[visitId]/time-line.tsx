import type { TimeLineEntry } from "@/lib/audit/visit-time-line";

const words: Record<string, string> = {
  VISIT_SCHEDULED: "Visit booked",
  VISIT_RESCHEDULED: "Visit changed",
  VISIT_CANCELLED: "Visit cancelled",
  VISIT_STARTED: "Visit started",
  VISIT_ENDED: "Visit ended",
  VISIT_NO_SHOW: "Marked as a no-show",
  VISIT_VIEWED: "This page was looked at",
  PARTY_WAITING: "Somebody is waiting",
  PARTY_ADMITTED: "Let in",
  PARTY_REMOVED: "Taken out of the visit",
  PARTY_LEFT: "Left",
  PARTY_REJOINED: "Came back",
  PARTY_MAY_SPEAK: "May speak",
  PARTY_LISTENS: "Only listens",
  GUEST_INVITED: "Guest invited",
  GUEST_UNINVITED: "Guest uninvited",
  TOKEN_ISSUED: "Link made",
  TOKEN_OPENED: "Door page opened; the link was not spent",
  TOKEN_REDEEMED: "Joined by link",
  TOKEN_REUSED: "A used link was refused",
  TOKEN_EXPIRED: "A link ran out",
  TOKEN_REVOKED: "A link was replaced",
  TOKEN_REFUSED: "A link was refused",
  LINK_RESENT: "New link sent",
  LINK_RESOLVED: "Link resolved by a program",
  NOTIFICATION_QUEUED: "Message queued",
  NOTIFICATION_SENT: "Message sent",
  NOTIFICATION_FAILED: "Message failed",
  NOTIFICATION_DROPPED: "Message taken back",
  NOTIFICATION_DELIVERED: "Message delivered",
  NOTIFICATION_BOUNCED: "Message bounced",
  NOTIFICATION_UNDELIVERABLE: "Message not delivered",
  RUNNING_LATE: "Running late; the patient was told",
  RUNNING_LATE_UNDONE: "Back on time",
  COMPLAINT_VIEWED: "The reason was shown",
  NOTES_WRITTEN: "Notes written",
  ACCESS_REFUSED: "Access refused",
};

/** Newest first; seconds shown; the zone named once. */
export function TimeLine({ entries, zone }: { entries: TimeLineEntry[]; zone: string }) {
  const time = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
  });
  const day = new Intl.DateTimeFormat("en-US", { timeZone: zone, month: "short", day: "numeric" });
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
            <b>{words[entry.event] ?? entry.event}</b>
            <p className="small soft">
              {[role(entry.actorRole), part(entry.metadata), entry.errorCode].filter(Boolean).join(" · ")}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
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

const role = (name: string) => `by ${name.toLowerCase().replaceAll("_", " ")}`;
const part = (metadata: Record<string, unknown>) =>
  typeof metadata.party === "string" ? metadata.party : null;
