"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, startTransition, useActionState } from "react";
import { Outcome } from "../outcome";
import { type Opened, openToListen } from "./open-recording";

type Props = { sounds: string; recordingId: string; withPicture: boolean; name: string; children: ReactNode };

/** First the reason, then the player: what is heard comes by our own door, a part at a time. */
export function PlayForm({ sounds, recordingId, withPicture, name, children }: Props) {
  const t = useTranslations("rooms.recordings");
  const [opened, submit, pending] = useActionState(openToListen, { kind: "nothing" } as Opened);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    if (!pending) startTransition(() => submit(data));
  };
  if (opened.kind === "open") {
    const player = {
      controls: true,
      preload: "metadata",
      "aria-label": name,
      src: `${sounds}/${recordingId}/sound?play=${opened.playId}`,
    };
    // A recorded talk: nobody has written down its words.
    return (
      <div className="stack stack--tight">
        {withPicture ? <video playsInline {...player} /> : <audio {...player} />}
        <p role="status" className="small soft">
          {t("opened")}
        </p>
      </div>
    );
  }
  return (
    <form className="stack stack--tight" onSubmit={send} aria-label={name}>
      <input type="hidden" name="recordingId" value={recordingId} />
      {children}
      <div className="row row--wrap">
        <button type="submit" className="btn btn--quiet" aria-disabled={pending}>
          {pending ? t("opening") : t(withPicture ? "openWatch" : "open")}
        </button>
        <Outcome saved={opened} />
      </div>
    </form>
  );
}
