import { useTranslations } from "next-intl";
import { fullName } from "@/lib/kernel/full-name";
import { isGuest } from "@/lib/kernel/party";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { LinkStatus, VisitDetail } from "@/lib/visits/answers";
import { LinkChip } from "../../link-chip";
import { Act } from "./act";
import { sendOnceMore } from "./actions";
import { isTemplate, stateLooks, useMessageAdvice } from "./message-words";
import { TakeBack } from "./take-back";

type Props = { visit: VisitDetail; zone: string; tag: string };

/** Who opened which link when. The links themselves are not here: whoever made one saw it once. */
export function LinkTable({ visit, zone, tag, mayAct }: Props & { mayAct: boolean }) {
  const t = useTranslations("visit.links");
  const who = useTranslations("visit");
  const at = (iso: string | null) =>
    iso ? `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}` : "—";
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label={t("title")} tabIndex={0}>
      <div className="card__head">
        <h2>{t("title")}</h2>
      </div>
      {visit.links.length === 0 ? (
        <p className="pad soft">{t("none")}</p>
      ) : (
        <table className="table table--stack">
          <thead>
            <tr>
              <th scope="col">{t("for")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("made")}</th>
              <th scope="col">{t("opened")}</th>
              <th scope="col">{t("joined")}</th>
              <th scope="col">{t("runsOut")}</th>
              <th scope="col">{t("act")}</th>
            </tr>
          </thead>
          <tbody>
            {[...visit.links].reverse().map((link) => (
              <tr
                key={link.tokenId}
                className={link.status === "REVOKED" || link.status === "EXPIRED" ? "is-past" : undefined}
              >
                <td>
                  <b>
                    {link.guestName ??
                      (link.party === "clinician" ? fullName(visit.clinician) : who(`parties.${link.party}`))}
                  </b>{" "}
                  {link.guestName ? <span className="small soft">{who(`parties.${link.party}`)}</span> : null}
                </td>
                <td>
                  <LinkChip status={link.status} revoked={link.revoked} />
                </td>
                <td data-label={t("made")}>{at(link.issuedAt)}</td>
                <td data-label={t("opened")}>{at(link.openedAt)}</td>
                <td data-label={t("joined")}>{at(link.redeemedAt)}</td>
                <td data-label={t("runsOut")}>{at(link.expiresAt)}</td>
                <td>
                  {mayAct && opens.has(link.status) ? (
                    <TakeBack
                      visitId={visit.visitId}
                      tokenId={link.tokenId}
                      party={who(`parties.${link.party}`)}
                      inside={link.status === "REDEEMED"}
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

const opens: ReadonlySet<LinkStatus> = new Set(["ISSUED", "OPENED", "REDEEMED"]);

const linked = new Set(["initial", "reminder", "resend", "rescheduled", "series", "series-moved"]);

/** Each message and what became of it; the newest of each way can be sent again. */
export function MessageTable({ visit, zone, tag, mayAct }: Props & { mayAct: boolean }) {
  const t = useTranslations("visit.messages");
  const names = useTranslations("settings.templates");
  const who = useTranslations("visit");
  const advise = useMessageAdvice();
  const newestFirst = [...visit.messages].reverse();
  const newest = new Map(
    visit.messages
      .filter(({ template }) => linked.has(template))
      // A guest is sent a new link beside their name.
      .filter(({ party }) => !isGuest(party))
      .map((message) => [`${message.party} ${message.kind}`, message.messageId]),
  );
  const repeatable = new Set(mayAct ? newest.values() : []);
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard (axe scrollable-region-focusable)
    <section className="card card--flush scroll" aria-label={t("title")} tabIndex={0}>
      <div className="card__head">
        <h2>{t("title")}</h2>
      </div>
      {visit.messages.length === 0 ? (
        <p className="pad soft">{t("none")}</p>
      ) : (
        <table className="table table--stack">
          <thead>
            <tr>
              <th scope="col">{t("what")}</th>
              <th scope="col">{t("to")}</th>
              <th scope="col">{t("sent")}</th>
              <th scope="col">{t("state")}</th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map((message) => (
              <tr key={message.messageId} className={message.status === "dropped" ? "is-past" : undefined}>
                <td>
                  <span>
                    {t.rich("row", {
                      name: isTemplate(message.template) ? names(message.template) : message.template,
                      kind: message.kind,
                      b: (part) => <b>{part}</b>,
                    })}
                  </span>
                </td>
                <td data-label={t("to")}>
                  {message.guestName ? <b>{message.guestName}</b> : null} {message.to}
                </td>
                <td data-label={t("sent")}>{at(message.sentAt ?? message.createdAt)}</td>
                <td>
                  <span className={stateLooks[message.status]}>{t(`states.${message.status}`)}</span>{" "}
                  {message.settledAt && message.status !== "sent" ? (
                    <span className="small soft">{clockTime(new Date(message.settledAt), zone, tag)}</span>
                  ) : null}
                  {advise(message) ? <p className="small">{advise(message)}</p> : null}
                  {repeatable.has(message.messageId) ? (
                    <Act
                      action={sendOnceMore}
                      visitId={visit.visitId}
                      fields={{ messageId: message.messageId }}
                      look="btn--quiet btn--tiny"
                      busy={who("sending")}
                      label={t.rich("againFor", {
                        party: message.party,
                        kind: message.kind,
                        vh: (part) => <span className="vh">{part}</span>,
                      })}
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
