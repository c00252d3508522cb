import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RoomEntry } from "@/lib/rooms/answers";
import { momentWords } from "./moment-words";

/** Rooms by name, newest first, with who is in them. For server components. */
export function RoomList({ rooms, zone, tag }: { rooms: readonly RoomEntry[]; zone: string; tag: string }) {
  const t = useTranslations("rooms");
  const at = momentWords(zone, tag);
  return (
    <ul className="stack stack--tight rooms">
      {rooms.map((room) => (
        <li key={room.roomId} className="card stack stack--tight">
          <div className="row row--wrap">
            <b className="grow">
              <Link href={`/admin/rooms/${room.roomId}`}>{room.name ?? t("unnamed")}</Link>
            </b>
            <span className={room.state === "open" ? "chip chip--good" : "chip"}>
              {t(`state.${room.state}`)}
            </span>
            {room.state === "open" && room.locked ? <span className="chip">{t("locked")}</span> : null}
          </div>
          <p className="small soft num">
            {room.state === "open"
              ? t("until", { time: at(room.expiresAt) })
              : t("endedAt", { time: at(room.closedAt ?? room.expiresAt) })}
          </p>
          {room.state === "open" ? (
            <p className="small">
              {room.people.map((person) => (
                <span key={person.role} className="room-person">
                  {t(person.role)}: {t(`person.${personWord(person)}`)}
                </span>
              ))}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Somebody whose page is silent is not said to be in the call. */
export function personWord({ state, here }: RoomEntry["people"][number]) {
  return (state === "in-call" || state === "waiting") && !here ? "away" : state;
}
