import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { liveVersion } from "@/lib/kernel/live-version";
import { listRecordings, mayListen } from "@/lib/recordings/play-recording";
import { getRoom, showLinks } from "@/lib/rooms/list-rooms";
import { liveRoom } from "@/lib/rooms/live-room";
import { requestLanguage } from "../../../../request-language";
import { Follow } from "../../follow";
import { Recordings } from "../../recordings/recordings";
import { SaveForm } from "../../save-form";
import { close, extend, lock } from "../actions";
import { momentWords } from "../moment-words";
import { LinkCard } from "./link-card";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("title") };
}

type Props = { params: Promise<{ roomId: string }> };

/** One room: its links, who is in it, and what may be done with it. */
export default async function RoomOfStaff({ params }: Props) {
  const actor = await requirePage("/admin/rooms/[roomId]");
  const { roomId } = await params;
  const [deps, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("rooms"),
  ]);
  const live = await liveRoom(deps, { actor, roomId });
  const found = await getRoom(deps, { actor, roomId });
  if (!live.ok || !found.ok) notFound();
  const room = found.value;
  const links = await showLinks(deps, { actor, roomId: room.roomId });
  const recordings = mayListen(actor)
    ? await listRecordings(deps, { actor, call: { roomId: room.roomId } })
    : null;
  const open = room.state === "open";
  const time = momentWords(zone, tag);
  const fields = { roomId: room.roomId };
  return (
    <main className="main">
      <Follow path={`/api/rooms/${room.roomId}/events`} version={liveVersion(live.value)} />
      <div className="head">
        <p>
          <Link href="/admin/rooms">{t("title")}</Link>
        </p>
        <h1>{room.name ?? t("unnamed")}</h1>
        <p className="row row--wrap">
          <span className={open ? "chip chip--good" : "chip"}>{t(`state.${room.state}`)}</span>
          {room.lobby ? <span className="chip">{t("lobbyOn")}</span> : null}
          {open && room.locked ? <span className="chip chip--wait">{t("locked")}</span> : null}
          <span className="soft num">
            {open
              ? t("until", { time: time(room.expiresAt) })
              : t("endedAt", { time: time(room.closedAt ?? room.expiresAt) })}
          </span>
          {open && new Date(room.startsAt) > new Date() ? (
            <span className="soft num">{t("starts", { time: time(room.startsAt) })}</span>
          ) : null}
        </p>
      </div>
      {open ? (
        <>
          <div className="row row--wrap">
            <SaveForm
              action={lock}
              fields={{ ...fields, locked: room.locked ? "no" : "yes" }}
              label={room.locked ? t("unlock") : t("lock")}
              busy={room.locked ? t("unlock") : t("lock")}
              look="btn--quiet"
            />
            <SaveForm
              action={extend}
              fields={fields}
              label={t("extend")}
              busy={t("extend")}
              look="btn--quiet"
            />
            <details className="room-close">
              <summary className="btn btn--quiet">{t("close")}</summary>
              <SaveForm
                action={close}
                fields={fields}
                label={t("close")}
                busy={t("close")}
                look="btn--danger"
              >
                <p className="small soft">{t("closeSay")}</p>
              </SaveForm>
            </details>
          </div>
          <div className="rooms-two">
            {room.people.map((person) => (
              <LinkCard
                key={person.role}
                roomId={room.roomId}
                person={person}
                link={links.ok ? links.value[person.role] : null}
              />
            ))}
          </div>
        </>
      ) : null}
      {recordings ? (
        <Recordings
          sounds={`/api/rooms/${room.roomId}/recordings`}
          none={t("recordings.none")}
          {...{ recordings, zone, tag }}
        />
      ) : null}
    </main>
  );
}
