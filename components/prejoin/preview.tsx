"use client";

import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import type { StartAnswer } from "@/lib/call/call";
import type { LocalMedia } from "@/lib/call/local-media";
import type { Locale } from "@/messages/locales";
import { Icon } from "../ui/icon";
import { useLocalMedia } from "../ui/use-local-media";
import { callFormId } from "./call-form-id";
import { ConnectionOffer } from "./connection-offer";
import type { DeviceInfo, DoorFacts } from "./door-facts";
import { FirstLookScript } from "./first-look-script";
import { InAppNotice } from "./in-app-notice";
import { MicrophoneRow } from "./microphone-row";
import { PictureCheck } from "./picture-check";
import { type PreviewWords, PreviewWordsProvider } from "./preview-words";
import { SpeakerRow } from "./speaker-row";
import { useFirstLook } from "./use-first-look";

type Join = (request: { visitId: string; code: string; deviceInfo: DeviceInfo }) => Promise<StartAnswer>;
type Props = {
  door: DoorFacts;
  join: Join;
  words: PreviewWords;
  children: React.ReactNode;
  help: React.ReactNode;
};
type Room = ComponentType<{ door: DoorFacts; local: LocalMedia; start: () => Promise<StartAnswer> }>;

/** Its words are many and most people never need them. */
const DeviceTrouble = lazy(() => import("./device-trouble").then((it) => ({ default: it.DeviceTrouble })));
async function loadRoom(locale: Locale): Promise<Room> {
  const [{ Room }, { loadCallWords }] = await Promise.all([
    import("../call/room"),
    import("../messages/call-words"),
  ]);
  await loadCallWords(locale);
  return Room;
}

/**
 * The looking glass before the visit. Holds no media SDK: that loads while the person looks at themselves.
 * Asks for devices when told to, or at once where both were allowed before.
 */
export function Preview(props: Props) {
  return (
    <PreviewWordsProvider value={props.words}>
      <LookingGlass {...props} />
    </PreviewWordsProvider>
  );
}

function LookingGlass({ door, join, words, children, help }: Props) {
  const { locale } = door.language;
  const local = useFirstLook((local, press) => void enter(local, press === "join"));
  const media = useLocalMedia(local);
  const [busy, setBusy] = useState(false);
  const [notLoaded, setNotLoaded] = useState(false);
  const [Room, setRoom] = useState<Room | null>(null);

  const { camera, microphone } = media;
  const seen = camera.state === "on" || microphone.state === "on";
  useEffect(() => {
    if (!seen) return;
    // After the picture stands: the call's code must not slow down what the person came to see first.
    const timer = setTimeout(() => void loadRoom(locale).catch(() => undefined), 600);
    return () => clearTimeout(timer);
  }, [seen, locale]);

  async function enter(local: LocalMedia, withCamera: boolean) {
    const { camera, microphone } = local.state();
    setBusy(true);
    setNotLoaded(false);
    const unasked = microphone.state === "unasked";
    if (!withCamera && camera.state !== "off") await local.setCamera(false);
    if (unasked) await local.open({ camera: withCamera, microphone: true });
    try {
      const loaded = await loadRoom(locale);
      setRoom(() => loaded);
    } catch {
      setNotLoaded(true); // no network: everything chosen here stays
    } finally {
      setBusy(false);
    }
  }

  if (Room && local) {
    const deviceInfo: DeviceInfo = {
      hasCamera: camera.state === "on",
      hasMicrophone: microphone.state === "on",
      browser: navigator.userAgent,
      os: navigator.platform,
    };
    return (
      <Room
        door={door}
        local={local}
        start={() => join({ visitId: door.visitId, code: door.code, deviceInfo })}
      />
    );
  }

  const asking = camera.state === "asking" || microphone.state === "asking";
  const unasked = camera.state === "unasked" && microphone.state === "unasked";
  const noMicrophone = microphone.state === "problem";
  const noCamera = camera.state === "problem";
  const troubled = noMicrophone || noCamera;
  const check = () => void local?.open({ camera: camera.state !== "off", microphone: true });
  return (
    <main className="page page--first">
      {children}
      <InAppNotice />
      {troubled && local ? (
        <Suspense>
          <DeviceTrouble local={local} media={media} locale={door.language.locale} tryAgain={check} />
        </Suspense>
      ) : null}
      {noMicrophone && noCamera ? null : (
        <section className="card card--flush" aria-labelledby="check">
          <div className="card__title">
            <h2 id="check">{words.heading}</h2>
            {unasked ? (
              <p className="small soft" data-first="unseen" suppressHydrationWarning>
                {words.why}
              </p>
            ) : null}
          </div>
          <PictureCheck local={local} media={media} />
          <div className="card__rows">
            {unasked || asking ? (
              <button
                type="button"
                className={asking ? "btn btn--quiet btn--wide is-busy" : "btn btn--quiet btn--wide"}
                data-press="check"
                data-first="unseen"
                onClick={check}
                disabled={!local}
                suppressHydrationWarning // the first script enables it, and hides it with a picture
              >
                <Icon name="camera" />
                {asking ? words.asking : words.check}
              </button>
            ) : null}
            <MicrophoneRow local={local} media={media} />
            <SpeakerRow local={local} media={media} />
          </div>
        </section>
      )}
      <ConnectionOffer door={door} callForm={door.party === "patient" ? callFormId : null} />
      {help}
      <div className="dock">
        <p
          className="field__error"
          role="alert"
          data-first="lost"
          hidden={!notLoaded}
          suppressHydrationWarning
        >
          {words.notLoaded}
        </p>
        <button
          type="button"
          className={busy ? "btn btn--big is-busy" : "btn btn--big"}
          data-press="join"
          disabled={!local}
          onClick={() => local && void enter(local, !noCamera && camera.state !== "off")}
          suppressHydrationWarning
        >
          <Icon name="door" />
          {busy ? words.joining : joinWord(words, door, noMicrophone)}
        </button>
        {camera.state === "on" || unasked ? (
          <button
            type="button"
            className="btn btn--ghost"
            data-press="sound"
            disabled={!local || busy}
            onClick={() => local && void enter(local, false)}
            suppressHydrationWarning
          >
            {words.soundOnly}
          </button>
        ) : null}
      </div>
      <FirstLookScript nonce={door.nonce} />
    </main>
  );
}

function joinWord(words: PreviewWords, door: DoorFacts, noMicrophone: boolean): string {
  if (door.resumable) return words.rejoin;
  return noMicrophone ? words.listenOnly : words.join;
}
