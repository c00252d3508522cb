import Link from "next/link";
import { useTranslations } from "next-intl";
import { clockTime, shortDay } from "@/lib/kernel/times";
import type { MessageEntry } from "@/lib/visits/list-messages";
import { Act } from "../visits/[visitId]/act";
import { sendOnceMore } from "../visits/[visitId]/actions";
import { isTemplate, stateLooks, useMessageAdvice } from "../visits/[visitId]/message-words";

type Props = { messages: MessageEntry[]; zone: string; tag: string };

/** Each message with what became of it and what to do: a table where there is room, blocks on a phone. */
export function MessageList({ messages, zone, tag }: Props) {
  const t = useTranslations("outbox");
  const at = (iso: string) => `${shortDay(new Date(iso), zone, tag)}, ${clockTime(new Date(iso), zone, tag)}`;
  return (
    <section className="card card--flush" aria-label={t("title")}>
      <table className="table wide entries">
        <thead>
          <tr>
            <th scope="col">{t("when")}</th>
            <th scope="col">{t("to")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("visit")}</th>
            <th scope="col">{t("state")}</th>
          </tr>
        </thead>
        <tbody>
          {messages.map((message) => (
            <tr key={message.messageId} className={message.status === "dropped" ? "is-past" : undefined}>
              <td>{at(message.sentAt ?? message.createdAt)}</td>
              <td>
                <To message={message} />
              </td>
              <td>
                <What message={message} />
              </td>
              <td>
                <Link href={`/admin/visits/${message.visitId}`}>{at(message.scheduledAt)}</Link>
              </td>
              <td>
                <State message={message} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul>
        {messages.map((message) => (
          <li key={message.messageId} className="mrow">
            <span>
              <To message={message} />
            </span>
            <span className="soft">
              <What message={message} /> · {at(message.sentAt ?? message.createdAt)}
            </span>
            <span>
              {t("visit")}: <Link href={`/admin/visits/${message.visitId}`}>{at(message.scheduledAt)}</Link>
            </span>
            <div>
              <State message={message} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function To({ message }: { message: MessageEntry }) {
  const who = useTranslations("visit.parties");
  return (
    <>
      <b>{message.name ?? who(message.party)}</b>{" "}
      <span className="small soft">
        {message.name ? `${who(message.party)} · ` : null}
        {message.to}
      </span>
    </>
  );
}

function What({ message }: { message: MessageEntry }) {
  const t = useTranslations("visit.messages");
  const names = useTranslations("settings.templates");
  return t.rich("row", {
    name: isTemplate(message.template) ? names(message.template) : message.template,
    kind: message.kind,
    b: (part) => part,
  });
}

function State({ message }: { message: MessageEntry }) {
  const t = useTranslations("visit.messages");
  const visit = useTranslations("visit");
  const advice = useMessageAdvice()(message);
  return (
    <>
      <span className={stateLooks[message.status]}>{t(`states.${message.status}`)}</span>
      {advice ? <p className="small">{advice}</p> : null}
      {message.repeatable ? (
        <Act
          action={sendOnceMore}
          visitId={message.visitId}
          fields={{ messageId: message.messageId }}
          look="btn--quiet btn--tiny"
          busy={visit("sending")}
          label={t.rich("againFor", {
            party: message.party,
            kind: message.kind,
            vh: (part) => <span className="vh">{part}</span>,
          })}
        />
      ) : null}
    </>
  );
}
