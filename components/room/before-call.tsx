"use client";

import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import type { StartAnswer } from "@/lib/call/call";
import { type LocalMedia, openLocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { type PreviewWords, PreviewWordsProvider } from "../prejoin/preview-words";
import { Icon } from "../ui/icon";
import { useLocalMedia } from "../ui/use-local-media";
import { MicrophoneCard } from "./microphone-card";
import type { RoomFacts, RoomWords } from "./room-facts";
import "../ui/controls.css";
import "./room.css";

type Join = (request: { roomId: string; code: string }) => Promise<StartAnswer>;
type Props = {
  room: RoomFacts;
  words: RoomWords;
  preview: PreviewWords;
  join: Join;
  children: React.ReactNode;
  /** Below everything: what to do where something doesn't work. */
  help: React.ReactNode;
};
type Call = ComponentType<{
  room: RoomFacts;
  words: RoomWords;
  local: LocalMedia;
  join: () => Promise<StartAnswer>;
}>;

const InAppNotice = lazy(() => import("./sound-tools").then((it) => ({ default: it.InAppNotice })));
const SpeakerRow = lazy(() => import("./sound-tools").then((it) => ({ default: it.SpeakerRow })));
/** Milliseconds: what nobody needs before the level moves comes after it, or after this, so that the page is small until it can be used. */
const toolsAfter = { moved: 100, withMicrophone: 1_500, without: 500 };
/** Its words are many and most people never need them. */
const DeviceTrouble = lazy(() =>
  import("../prejoin/device-trouble").then((it) => ({ default: it.DeviceTrouble })),
);
const loadCall = async (): Promise<Call> => (await import("./audio-call")).AudioCall;

/** The check before a sound call: level, own voice, speaker. Holds no media SDK: that loads once the microphone is on. */
export function BeforeCall(props: Props) {
  return (
    <PreviewWordsProvider value={props.preview}>
      <Check {...props} />
    </PreviewWordsProvider>
  );
}

function Check({ room, words, join, children, help }: Props) {
  const [local, setLocal] = useState<LocalMedia | null>(null);
  const media = useLocalMedia(local);
  const [Call, setCall] = useState<Call | null>(null);
  const [busy, setBusy] = useState(false);
  const [notLoaded, setNotLoaded] = useState(false);
  /** Whether the microphone was asked for that needs no asking. */
  const [settled, setSettled] = useState(false);
  const [tools, setTools] = useState(false);
  const [moved, setMoved] = useState(false);
  useEffect(() => {
    const opened = openLocalMedia(keptChoices());
    setLocal(opened);
    void openIfAllowed(opened).finally(() => setSettled(true));
    const stop = opened.watch();
    return () => {
      stop();
      opened.close();
    };
  }, []);
  const heard = media.microphone.state === "on";
  useEffect(() => {
    if (!settled) return;
    const wait = moved ? "moved" : heard ? "withMicrophone" : "without";
    const timer = setTimeout(() => setTools(true), toolsAfter[wait]);
    return () => clearTimeout(timer);
  }, [settled, heard, moved]);
  useEffect(() => {
    if (!heard) return;
    const timer = setTimeout(() => void loadCall().catch(() => undefined), 600);
    return () => clearTimeout(timer);
  }, [heard]);

  async function enter(own: LocalMedia) {
    setBusy(true);
    setNotLoaded(false);
    const { microphone } = own.state();
    if (microphone.state !== "on" && microphone.state !== "problem")
      await own.open({ camera: false, microphone: true });
    try {
      const loaded = await loadCall();
      setCall(() => loaded);
    } catch {
      setNotLoaded(true); // no network: everything chosen here stays
    } finally {
      setBusy(false);
    }
  }

  if (Call && local)
    return (
      <Call
        room={room}
        words={words}
        local={local}
        join={() => join({ roomId: room.roomId, code: room.code })}
      />
    );
  return (
    <main className="page page--room">
      {children}
      <Suspense>{tools ? <InAppNotice /> : null}</Suspense>
      <Trouble local={local} media={media} room={room} />
      <div className="room-two">
        <MicrophoneCard {...{ local, media, words, tools }} moved={() => setMoved(true)} />
        <div className="stack">
          <section className="card" aria-label={words.speakerHead}>
            <Suspense fallback={<div className="speaker-place" />}>
              {tools ? <SpeakerRow local={local} media={media} /> : <div className="speaker-place" />}
            </Suspense>
          </section>
          <p className="banner banner--good">
            <Icon name="lock" />
            <span>
              <b>{words.notRecorded}</b> {words.notRecordedSay}
            </span>
          </p>
          <p className="field__error" role="alert" hidden={!notLoaded}>
            {words.notLoaded}
          </p>
          <button
            type="button"
            className={busy ? "btn btn--big is-busy" : "btn btn--big"}
            disabled={!local}
            onClick={() => local && !busy && void enter(local)}
          >
            <Icon name="phone" />
            {busy ? words.joining : joinWord(words, room, media)}
          </button>
          <p className="small soft centred">
            {room.role === "host" ? words.hostHint : words.guestHint}{" "}
            <span className="wide-only">{words.spaceHint}</span>
          </p>
        </div>
      </div>
      {help}
    </main>
  );
}

function Trouble({
  local,
  media,
  room,
}: {
  local: LocalMedia | null;
  media: LocalMediaState;
  room: RoomFacts;
}) {
  if (!local || media.microphone.state !== "problem") return null;
  const tryAgain = () => void local.open({ camera: false, microphone: true });
  return (
    <Suspense>
      <DeviceTrouble local={local} media={media} locale={room.language.locale} tryAgain={tryAgain} needed />
    </Suspense>
  );
}

function joinWord(words: RoomWords, room: RoomFacts, { microphone }: LocalMediaState): string {
  if (room.resumable) return words.rejoin;
  return microphone.state === "problem" ? words.listenOnly : words.join;
}

/** Where a browser keeps nothing (private windows of some), choices last for the page. */
function keptChoices(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Asks nobody: only where the microphone was allowed before. */
async function openIfAllowed(local: LocalMedia): Promise<void> {
  try {
    const { state } = await navigator.permissions.query({ name: "microphone" as PermissionName });
    if (state === "granted") await local.open({ camera: false, microphone: true });
  } catch (cause) {
    // Firefox and older Safari don't know the name, and so ask at the press.
    if (!(cause instanceof TypeError)) throw cause;
  }
}
