import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RoomDoor } from "@/lib/rooms/look-at-room";
import { Halves } from "../ui/halves";
import { HelpCard } from "../ui/help-card";
import { PageTop } from "../ui/page-top";

type Shut = Exclude<RoomDoor, { kind: "ready" }>;

/** A room that this link does not open (now): what happened, what to do, whom to call. */
export function ShutRoom({ door, code, languages }: { door: Shut; code: string; languages: ReactNode }) {
  const t = useTranslations("room.closed");
  const again = door.kind === "limited" || door.kind === "locked";
  return (
    <main className="page page--tall">
      <PageTop>{languages}</PageTop>
      <Halves state="apart" />
      <div className="stack">
        <h1>{t(`${door.kind}.title`)}</h1>
        <p className="soft">{t(`${door.kind}.say`)}</p>
        {door.kind === "limited" ? (
          <p className="soft">
            {t("wait", { minutes: Math.max(1, Math.ceil(door.retryAfterSeconds / 60)) })}
          </p>
        ) : null}
        {again ? (
          <a className="btn btn--big" href={`/r/${encodeURIComponent(code)}`}>
            {t("tryAgain")}
          </a>
        ) : null}
        <HelpCard phone={door.clinic.phone} />
      </div>
    </main>
  );
}
