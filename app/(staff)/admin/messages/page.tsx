import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { listMessages, messageViews } from "@/lib/visits/list-messages";
import { requestLanguage } from "../../../request-language";
import { type Search, textOf } from "../asked-days";
import { askedHref } from "../asked-href";
import { MessageList } from "./message-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("outbox");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Search> };

/** What became of everything that was sent, over all visits; first what did not get through. */
export default async function Messages({ searchParams }: Props) {
  const actor = await requirePage("/admin/messages");
  const deps = await doorDeps();
  const search = await searchParams;
  const view = messageViews.find((name) => name === textOf(search.view)) ?? "trouble";
  const cursor = textOf(search.cursor);
  const [found, zone, { tag }, t] = await Promise.all([
    listMessages(deps, { actor, view, cursor }),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("outbox"),
  ]);
  if (!found.ok) notFound();
  const { messages, nextCursor } = found.value;
  const href = (change: Record<string, string>) =>
    askedHref("/admin/messages", { view: view === "trouble" ? "" : view }, change);
  return (
    <main className="main">
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say", { zone: zone.replaceAll("_", " ") })}</p>
      </div>
      <nav className="row row--wrap views" aria-label={t("views")}>
        {messageViews.map((name) => (
          <Link
            key={name}
            className="btn btn--quiet"
            href={askedHref("/admin/messages", { view: name === "trouble" ? "" : name })}
            aria-current={name === view ? "page" : undefined}
          >
            {t(`view.${name}`)}
          </Link>
        ))}
      </nav>
      {messages.length > 0 ? (
        <MessageList messages={messages} {...{ zone, tag }} />
      ) : (
        <div className="card empty">
          <h2>{t(`none.${view}`)}</h2>
          <p className="soft">{t(`noneSay.${view}`)}</p>
        </div>
      )}
      <div className="pager">
        {cursor ? (
          <Link className="btn btn--quiet" href={href({})}>
            {t("newest")}
          </Link>
        ) : null}
        {nextCursor ? (
          <Link className="btn btn--quiet" href={href({ cursor: nextCursor })}>
            {t("older")}
          </Link>
        ) : null}
      </div>
    </main>
  );
}
