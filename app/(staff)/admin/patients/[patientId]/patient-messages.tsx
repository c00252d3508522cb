import { useTranslations } from "next-intl";
import type { MessageEntry } from "@/lib/visits/list-messages";
import { MessageList } from "../../messages/message-list";
import { Pager } from "../../pager";

type Props = {
  messages: MessageEntry[];
  first: string | null;
  next: string | null;
  zone: string;
  tag: string;
};

/** What was sent about this patient's visits, to them and to whoever else had a part. */
export function PatientMessages({ messages, first, next, zone, tag }: Props) {
  const t = useTranslations("patients");
  return (
    <div className="section">
      <h2>{t("messages")}</h2>
      {messages.length > 0 ? (
        <MessageList messages={messages} {...{ zone, tag }} />
      ) : (
        <p className="card soft">{t("noMessages")}</p>
      )}
      <Pager first={first} firstWord={t("backVisits")} next={next} nextWord={t("olderMessages")} />
    </div>
  );
}
