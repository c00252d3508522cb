import { clockTime, shortDay } from "@/lib/kernel/times";
import type { LinkStatus, VisitDetail } from "@/lib/visits/answers";

type Props = { visit: VisitDetail; zone: string };

const linkWords: Record<LinkStatus, { chip: string; words: string }> = {
  ISSUED: { chip: "chip", words: "Made" },
  OPENED: { chip: "chip chip--good", words: "Opened" },
  REDEEMED: { chip: "chip chip--good", words: "Joined" },
  EXPIRED: { chip: "chip chip--done", words: "Ran out" },
  REVOKED: { chip: "chip chip--done", words: "Replaced" },
};

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
                  <b>{link.party === "patient" ? "Patient" : visit.clinician.firstName}</b>
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
};
const messageChip = { queued: "chip", sent: "chip chip--good", failed: "chip chip--bad" };

export function MessageTable({ visit, zone }: Props) {
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
              <th scope="col">When</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {[...visit.messages].reverse().map((message) => (
              <tr key={message.messageId}>
                <td>
                  <b>{templateWords[message.template] ?? message.template}</b>,{" "}
                  {message.kind === "sms" ? "text" : "email"}
                </td>
                <td>{message.to}</td>
                <td>{clockTime(new Date(message.sentAt ?? message.createdAt), zone)}</td>
                <td>
                  <span className={messageChip[message.status]}>{message.status}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
