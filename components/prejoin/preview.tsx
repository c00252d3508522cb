"use client";

import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import type { StartAnswer } from "@/lib/call/call";
import { bothAllowed, type LocalMedia, openLocalMedia } from "@/lib/call/local-media";
import { placeOf } from "@/lib/call/permission-advice";
import { inAppWords, previewWords } from "../messages/en";
import { Icon } from "../ui/icon";
import { useLocalMedia } from "../ui/use-local-media";
import type { DeviceInfo, DoorFacts } from "./door-facts";
import { MicrophoneRow } from "./microphone-row";
import { PictureCheck } from "./picture-check";
import { SpeakerRow } from "./speaker-row";

type Join = (request: { visitId: string; code: string; deviceInfo: DeviceInfo }) => Promise<StartAnswer>;
type Room = ComponentType<{ door: DoorFacts; local: LocalMedia; start: () => Promise<StartAnswer> }>;

/** Its words are many and most people never need them. */
const DeviceTrouble = lazy(() => import("./device-trouble").then((it) => ({ default: it.DeviceTrouble })));
const loadRoom = () => import("../call/room").then(({ Room }) => Room as Room);

/**
 * The looking glass before the visit. Holds no media SDK: that loads while the person looks at themselves.
 * Asks for devices when told to, or at once where both were allowed before.
 */
export function Preview({
  door,
  join,
  children,
}: {
  door: DoorFacts;
  join: Join;
  children: React.ReactNode;
}) {
  const [local] = useState(() => openLocalMedia(storage()));
  const media = useLocalMedia(local);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [notLoaded, setNotLoaded] = useState(false);
  const [Room, setRoom] = useState<Room | null>(null);
  const [inApp, setInApp] = useState<"ios" | "android" | null>(null);

  useEffect(() => {
    setReady(true);
    const place = placeOf(navigator.userAgent, navigator.maxTouchPoints);
    if (place === "in-app-ios" || place === "in-app-android")
      setInApp(place === "in-app-ios" ? "ios" : "android");
    void bothAllowed().then((allowed) => {
      if (allowed && local.state().camera.state === "unasked")
        void local.open({ camera: true, microphone: true });
    });
    return local.watch();
  }, [local]);

  const { camera, microphone } = media;
  const seen = camera.state === "on" || microphone.state === "on";
  useEffect(() => {
    if (!seen) return;
    // After the picture stands: the call's code must not slow down what the person came to see first.
    const timer = setTimeout(() => void loadRoom().catch(() => undefined), 600);
    return () => clearTimeout(timer);
  }, [seen]);

  async function enter(withCamera: boolean) {
    setBusy(true);
    setNotLoaded(false);
    const unasked = microphone.state === "unasked";
    if (!withCamera && camera.state !== "off") await local.setCamera(false);
    if (unasked) await local.open({ camera: withCamera, microphone: true });
    try {
      const loaded = await loadRoom();
      setRoom(() => loaded);
    } catch {
      setNotLoaded(true); // no network: everything chosen here stays
    } finally {
      setBusy(false);
    }
  }

  if (Room) {
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
  const check = () => void local.open({ camera: camera.state !== "off", microphone: true });
  return (
    <main className="page">
      {children}
      {inApp ? (
        <p className="banner banner--notice">
          <Icon name="warn" />
          <span>
            <b>{inAppWords.title}.</b> {inAppWords[inApp]}
          </span>
        </p>
      ) : null}
      {troubled ? (
        <Suspense>
          <DeviceTrouble media={media} tryAgain={check} />
        </Suspense>
      ) : null}
      {noMicrophone && noCamera ? null : (
        <section className="card card--flush" aria-labelledby="check">
          <div className="card__title">
            <h2 id="check">{previewWords.heading}</h2>
            {unasked ? <p className="small soft">{previewWords.why}</p> : null}
          </div>
          <PictureCheck local={local} media={media} />
          <div className="card__rows">
            {unasked || asking ? (
              <button
                type="button"
                className={asking ? "btn btn--quiet btn--wide is-busy" : "btn btn--quiet btn--wide"}
                onClick={check}
                disabled={!ready}
              >
                <Icon name="camera" />
                {asking ? previewWords.asking : previewWords.check}
              </button>
            ) : null}
            <MicrophoneRow local={local} media={media} />
            <SpeakerRow local={local} media={media} />
          </div>
        </section>
      )}
      <div className="dock">
        {notLoaded ? (
          <p className="field__error" role="alert">
            {previewWords.notLoaded}
          </p>
        ) : null}
        <button
          type="button"
          className={busy ? "btn btn--big is-busy" : "btn btn--big"}
          disabled={!ready}
          onClick={() => void enter(!noCamera && camera.state !== "off")}
        >
          <Icon name="door" />
          {busy ? previewWords.joining : joinWord(door, noMicrophone)}
        </button>
        {camera.state === "on" || unasked ? (
          <button
            type="button"
            className="btn btn--ghost"
            disabled={!ready || busy}
            onClick={() => void enter(false)}
          >
            {previewWords.soundOnly}
          </button>
        ) : null}
      </div>
    </main>
  );
}

function joinWord(door: DoorFacts, noMicrophone: boolean): string {
  if (door.resumable) return previewWords.rejoin;
  return noMicrophone ? previewWords.listenOnly : previewWords.join;
}

/** Null on the server, and where a browser forbids it. */
function storage(): Storage | null {
  try {
    return typeof window === "undefined" ? null : window.localStorage;
  } catch {
    return null;
  }
}
