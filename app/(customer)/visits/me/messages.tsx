import Link from "next/link";
import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import type { OwnMessage } from "@/lib/own-record/own-messages";
import type { Messages as Texts } from "@/messages/messages";

type Props = {
  messages: OwnMessage[];
  nextCursor: string | null;
  /** Not the first page. */
  paged: boolean;
  stopped: boolean;
  zone: string;
  tag: string;
};
type What = keyof Texts["own"]["messages"]["what"];

/** What was sent, by which way, and whether it arrived; never what it said. */
export function Messages({ messages, nextCursor, paged, stopped, zone, tag }: Props) {
  const t = useTranslations("own.messages");
  const time = new Intl.DateTimeFormat(tag, { timeZone: zone, dateStyle: "medium", timeStyle: "short" });
  const what = (template: string): What => (t.has(`what.${template as What}`) ? (template as What) : "other");
  return (
    <section className="card stack" aria-labelledby="sent">
      <h2 id="sent">{t("title")}</h2>
      {stopped ? (
        <p className="banner banner--notice">
          <Icon name="warn" />
          <span>{t("stopped")}</span>
        </p>
      ) : null}
      {messages.length === 0 ? <p className="soft">{t("none")}</p> : null}
      <ul className="own__list">
        {messages.map((message) => (
          <li key={message.messageId}>
            <span className="own__line">
              <b>{t(`what.${what(message.template)}`)}</b>
              <span className="soft">{t(`is.${message.status}`)}</span>
            </span>
            <span className="own__line small">
              <time dateTime={message.createdAt}>{time.format(new Date(message.createdAt))}</time>
              <span className="soft">{t("to", { kind: message.kind, to: `\u2066${message.to}\u2069` })}</span>
            </span>
          </li>
        ))}
      </ul>
      {nextCursor ? (
        <Link className="btn btn--quiet" href={`/visits/me?cursor=${encodeURIComponent(nextCursor)}`}>
          {t("older")}
        </Link>
      ) : null}
      {paged ? (
        <Link className="btn btn--quiet" href="/visits/me">
          {t("newest")}
        </Link>
      ) : null}
    </section>
  );
}
