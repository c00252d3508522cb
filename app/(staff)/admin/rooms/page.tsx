import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerTimeZone, requirePage } from "@/lib/auth/require-staff";
import { doorDeps } from "@/lib/http/deps";
import { liveVersion } from "@/lib/kernel/live-version";
import { listRooms, roomsVersion } from "@/lib/rooms/list-rooms";
import { requestLanguage } from "../../../request-language";
import { Follow } from "../follow";
import { RoomForm } from "./room-form";
import { RoomList } from "./room-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("rooms");
  return { title: t("title") };
}

type Props = { searchParams: Promise<{ after?: string | string[] }> };

/** Private sound calls: made here, followed here. A clinician finds those that they made. */
export default async function Rooms({ searchParams }: Props) {
  const actor = await requirePage("/admin/rooms");
  const { after } = await searchParams;
  const [deps, zone, { tag }, t] = await Promise.all([
    doorDeps(),
    readerTimeZone(),
    requestLanguage(),
    getTranslations("rooms"),
  ]);
  const version = await roomsVersion(deps, actor);
  const cursor = typeof after === "string" ? after : undefined;
  const [open, over] = await Promise.all([
    listRooms(deps, { actor, open: true, limit: 50 }),
    listRooms(deps, { actor, open: false, limit: 10, cursor }),
  ]);
  if (!open.ok || !over.ok) throw new Error("a page for makers of rooms refused one of them");
  return (
    <main className="main">
      <Follow path="/api/rooms/events" version={liveVersion({ version })} />
      <div className="head">
        <h1>{t("title")}</h1>
        <p className="soft">{t("say")}</p>
      </div>
      <div className="cols cols--form">
        <div className="stack">
          <h2>{t("open")}</h2>
          {open.value.rooms.length > 0 ? (
            <RoomList rooms={open.value.rooms} {...{ zone, tag }} />
          ) : (
            <p className="card empty soft">{t("none")}</p>
          )}
          <h2>{t("over")}</h2>
          {over.value.rooms.length > 0 ? (
            <RoomList rooms={over.value.rooms} {...{ zone, tag }} />
          ) : (
            <p className="card empty soft">{t("noneOver")}</p>
          )}
          {over.value.nextCursor ? (
            <Link
              className="btn btn--quiet"
              href={`/admin/rooms?after=${encodeURIComponent(over.value.nextCursor)}`}
            >
              {t("more")}
            </Link>
          ) : null}
        </div>
        <RoomForm />
      </div>
    </main>
  );
}
