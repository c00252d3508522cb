import type { Metadata } from "next";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { BeforeCall } from "@/components/room/before-call";
import { LocalTime } from "@/components/room/local-time";
import { ShutRoom } from "@/components/room/shut-room";
import { TroubleList } from "@/components/room/trouble-list";
import { Mark } from "@/components/ui/icon";
import { PageTop } from "@/components/ui/page-top";
import { clockTime, phoneWords } from "@/lib/call/time-words";
import { LanguageChoice } from "../../language-choice";
import { requestLanguage } from "../../request-language";
import { joinAudioRoom } from "./actions";
import { sayShut, seeRoom } from "./door";

type Props = { params: Promise<{ shortCode: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [door, t] = await Promise.all([seeRoom((await params).shortCode), getTranslations("room")]);
  return { title: door.kind === "ready" ? t("title") : t(`closed.${door.kind}.title`) };
}

/** A room's door, for host and guest. Looking spends nothing: only the Join button's action does. */
export default async function RoomPage({ params }: Props) {
  const { shortCode } = await params;
  const [door, language, t, messages] = await Promise.all([
    seeRoom(shortCode),
    requestLanguage(),
    getTranslations("room"),
    getMessages(),
  ]);
  const languages = <LanguageChoice path={`/r/${encodeURIComponent(shortCode)}`} />;
  if (door.kind !== "ready") {
    sayShut(door);
    return <ShutRoom door={door} code={shortCode} languages={languages} />;
  }
  const { role, name, roomId, expiresAt, resumable, clinic } = door;
  // Nobody knows yet where the reader is: their browser does.
  const at = (iso: string) => ({
    time: `${clockTime(new Date(iso), "UTC", language.tag)} UTC`,
    at: (chunks: ReactNode) => (
      <LocalTime iso={iso} tag={language.tag}>
        {chunks}
      </LocalTime>
    ),
  });
  const planned = new Date(door.startsAt) > new Date();
  return (
    <BeforeCall
      room={{ code: shortCode, roomId, role, expiresAt, resumable, language }}
      words={messages.room}
      preview={messages.preview}
      join={joinAudioRoom}
      help={<TroubleList words={messages.room.trouble} />}
    >
      <PageTop>{languages}</PageTop>
      <section className="proof" aria-label={t("title")}>
        <div className="proof__seal">
          <Mark />
        </div>
        <div className="proof__body">
          <p className="small soft">{t(`kind.${role}`)}</p>
          <h1 className="proof__title">{name ?? t("unnamed")}</h1>
          {planned ? <p className="soft">{t.rich("planned", at(door.startsAt))}</p> : null}
          <p className="soft">{t.rich("openUntil", { ...at(expiresAt), other: t(`other.${role}`) })}</p>
        </div>
      </section>
      <noscript>
        <p className="banner banner--notice">
          <span>
            {t("noScript")} <a href={`tel:${clinic.phone}`}>{phoneWords(clinic.phone)}</a>
          </span>
        </p>
      </noscript>
    </BeforeCall>
  );
}
