import { isGuest } from "@/lib/kernel/party";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { LinkStatus, VisitDetail } from "@/lib/visits/answers";
import { Act } from "./act";
import { sendOnceMore } from "./actions";

type Props = { visit: VisitDetail; zone: string };

const linkWords: Record<LinkStatus, { chip: string; words: string }> = {
  ISSUED: { chip: "chip", words: "Made" },
  OPENED: { chip: "chip chip--good", words: "Opened" },
  REDEEMED: { chip: "chip chip--good", words: "Joined" },
  EXPIRED: { chip: "chip chip--done", words: "Ran out" },
  REVOKED: { chip: "chip chip--done", words: "Replaced" },
};

const partyWords = {
  patient: "Patient",
  caregiver: "Caregiver",
  interpreter: "Interpreter",
  student: "Student",
} as const;

/** Who opened which link when. The links themselves are not here: whoever made one saw it once. */
export function LinkTable({ visit, zone }: Props) {
  const at = (iso: string | null) =>
    iso ? `${shortDay(new Date(iso), zone)}, ${clockTime(new Date(iso), zone)}` : "—";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label="Links" tabIndex={0}>
      <div className="card__head">
        <h2>Links</h2>
      </div>
      {visit.links.length === 0 ? (
        <p className="pad soft">No link has been made yet.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">For</th>
              <th scope="col">State</th>
              <th scope="col">Made</th>
              <th scope="col">Opened</th>
              <th scope="col">Joined</th>
              <th scope="col">Runs out</th>
            </tr>
          </thead>
          <tbody>
            {[...visit.links].reverse().map((link) => (
              <tr
                key={link.tokenId}
                className={link.status === "REVOKED" || link.status === "EXPIRED" ? "is-past" : undefined}
              >
                <td>
                  <b>{link.party === "clinician" ? visit.clinician.firstName : partyWords[link.party]}</b>
                </td>
                <td>
                  <span className={linkWords[link.status].chip}>{linkWords[link.status].words}</span>
                </td>
                <td>{at(link.issuedAt)}</td>
                <td>{at(link.openedAt)}</td>
                <td>{at(link.redeemedAt)}</td>
                <td>{at(link.expiresAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const templateWords: Record<string, string> = {
  initial: "Invitation",
  reminder: "Reminder",
  resend: "New link",
  rescheduled: "New time",
  cancelled: "Cancellation",
  late: "Running late",
  "on-time": "Back on time",
};
type MessageRow = VisitDetail["messages"][number];
const stateWords: Record<MessageRow["status"], { chip: string; words: string }> = {
  queued: { chip: "chip", words: "Waiting to go" },
  sent: { chip: "chip", words: "Sent" },
  delivered: { chip: "chip chip--good", words: "Delivered" },
  bounced: { chip: "chip chip--bad", words: "Bounced" },
  undeliverable: { chip: "chip chip--bad", words: "Not delivered" },
  "opted-out": { chip: "chip chip--wait", words: "Said STOP" },
  failed: { chip: "chip chip--bad", words: "Failed" },
  dropped: { chip: "chip chip--done", words: "Taken back" },
};
/** What staff can do about it, where there is something. */
const advice: Partial<Record<MessageRow["status"], (message: MessageRow) => string>> = {
  bounced: ({ kind }) =>
    `No such ${kind === "sms" ? "number" : "mailbox"}. Put the contact right, then send again.`,
  undeliverable: ({ reason }) => `Not reached${reason ? ` (${reason})` : ""}. Send again, or call.`,
  "opted-out": () => "No texts until the patient texts START. Use email, or call.",
  failed: ({ reason }) => `Not taken${reason ? ` (${reason})` : ""}.`,
};
const linked = new Set(["initial", "reminder", "resend", "rescheduled"]);

/** Each message and what became of it; the newest of each way can be sent again. */
export function MessageTable({ visit, zone, mayAct }: Props & { mayAct: boolean }) {
  const newestFirst = [...visit.messages].reverse();
  const newest = new Map(
    visit.messages
      .filter(({ template }) => linked.has(template))
      // A guest is sent a new link beside their name.
      .filter(({ party }) => !isGuest(party))
      .map((message) => [`${message.party} ${message.kind}`, message.messageId]),
  );
  const repeatable = new Set(mayAct ? newest.values() : []);
  const at = (iso: string) => `${shortDay(new Date(iso), zone)}, ${clockTime(new Date(iso), zone)}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label="Messages" tabIndex={0}>
      <div className="card__head">
        <h2>Messages</h2>
      </div>
      {visit.messages.length === 0 ? (
        <p className="pad soft">Nothing has been sent yet.</p>
      ) : (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">To</th>
              <th scope="col">Sent</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map((message) => (
              <tr key={message.messageId} className={message.status === "dropped" ? "is-past" : undefined}>
                <td>
                  <b>{templateWords[message.template] ?? message.template}</b>,{" "}
                  {message.kind === "sms" ? "text" : "email"}
                </td>
                <td>{message.to}</td>
                <td>{at(message.sentAt ?? message.createdAt)}</td>
                <td>
                  <span className={stateWords[message.status].chip}>{stateWords[message.status].words}</span>{" "}
                  {message.settledAt && message.status !== "sent" ? (
                    <span className="small soft">{clockTime(new Date(message.settledAt), zone)}</span>
                  ) : null}
                  {advice[message.status] ? (
                    <p className="small">{advice[message.status]?.(message)}</p>
                  ) : null}
                  {repeatable.has(message.messageId) ? (
                    <Act
                      action={sendOnceMore}
                      visitId={visit.visitId}
                      fields={{ messageId: message.messageId }}
                      look="btn--quiet btn--tiny"
                      busy="Sending…"
                      label={
                        <>
                          Send again
                          <span className="vh">
                            {" "}
                            to the {message.party} by {message.kind === "sms" ? "text" : "email"}
                          </span>
                        </>
                      }
                    />
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
