"use client";

import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { type Inside, isInside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { clockTime, shortTimer } from "@/lib/call/time-words";
import { keepAwake } from "@/lib/call/wake-lock";
import { useCall } from "../call/use-call";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";
import { PageTop } from "../ui/page-top";
import { useLocalMedia } from "../ui/use-local-media";
import { EndedCall } from "./ended-call";
import { HostControls } from "./host-controls";
import type { JoinAnswer } from "./join-answer";
import { QuietenSwitch } from "./microphone-card";
import { type AudioRoom, openAudioRoom } from "./open-audio-room";
import type { RoomFacts, RoomWords } from "./room-facts";
import { SoundSettings } from "./sound-settings";
import { useMediaSession } from "./use-media-session";
import { useSpaceToTalk } from "./use-space-to-talk";

type Props = { room: RoomFacts; words: RoomWords; local: LocalMedia; join: () => Promise<JoinAnswer> };

/** From the press on Join to the end. The only holder of the media SDK on this page. */
export function AudioCall({ room, words, local, join }: Props) {
  const [audioRoom] = useState(() => openAudioRoom(room.roomId, local, join));
  const { call } = audioRoom;
  const state = useCall(call);
  const inside = isInside(state);
  const ended = state.phase === "ended";
  const [sound, setSound] = useState<HTMLAudioElement | null>(null);
  useEffect(() => audioRoom.followDevices(), [audioRoom]);
  useEffect(() => call.join(), [call]);
  useEffect(() => (inside ? keepAwake() : undefined), [inside]);
  useEffect(() => {
    if (ended) local.close();
  }, [ended, local]);
  useEffect(() => {
    // The link's own page knows what became of it, and what to do.
    if (state.phase === "ended" && state.reason === "link") location.reload();
  }, [state]);
  const toggleMute = useCallback(async () => {
    const now = call.state();
    if (now.muted && local.state().microphone.state !== "on")
      await local.open({ camera: false, microphone: true });
    call.setMuted(!now.muted);
  }, [call, local]);
  useMediaSession({
    title: words.title,
    inside,
    muted: state.muted,
    toggleMute: () => void toggleMute(),
    leave: call.leave,
  });
  const heldBy = useSpaceToTalk(inside && state.muted, call.setMuted);
  const show = useCallback(
    (element: HTMLAudioElement | null) => {
      audioRoom.setAudio(element);
      setSound(element);
    },
    [audioRoom],
  );

  async function goBack() {
    await local.open({ camera: false, microphone: true });
    call.join();
  }
  return (
    <div data-phase={state.phase} data-line={inside && state.mediaUp ? "up" : undefined}>
      {/* biome-ignore lint/a11y/useMediaCaption: live speech of the other person; there is no caption to give */}
      <audio ref={show} autoPlay className="vh" />
      {state.phase === "ended" ? (
        <EndedCall reason={state.reason} words={words.ended} goBack={() => void goBack()} />
      ) : inside ? (
        <InCall
          {...{ room, words, local, audioRoom, state, sound }}
          held={heldBy}
          toggleMute={() => void toggleMute()}
        />
      ) : (
        <main className="page page--tall page--centred">
          <PageTop />
          <div role="status">
            <h1>{words.call.joiningTitle}</h1>
          </div>
          {state.phase === "joining" && state.retryAtMs ? <p className="soft">{words.call.busy}</p> : null}
          <button type="button" className="btn btn--ghost" onClick={call.leave}>
            {words.call.leave}
          </button>
        </main>
      )}
    </div>
  );
}

function InCall(props: {
  room: RoomFacts;
  words: RoomWords;
  local: LocalMedia;
  audioRoom: AudioRoom;
  state: Inside;
  sound: HTMLAudioElement | null;
  held: boolean;
  toggleMute: () => void;
}) {
  const { room, words, local, audioRoom, state, held } = props;
  const { call: say } = words;
  const media = useLocalMedia(local);
  const extra = useSyncExternalStore(audioRoom.subscribe, audioRoom.extra, audioRoom.extra);
  const [settings, setSettings] = useState(false);
  const theirs = useTheirSound(props.sound, state.mediaUp);
  const silent = state.muted || media.microphone.state !== "on";
  const together = state.others === "here" && state.admitted;
  const theyMuted = together && state.othersMuted.length > 0;
  const other = room.role === "host" ? say.guest : say.host;
  const until = extra?.expiresAt ?? room.expiresAt;
  return (
    <main className="page page--room">
      <PageTop>
        <span className="soft num">
          {say.until.replace(
            "{time}",
            clockTime(new Date(until), Intl.DateTimeFormat().resolvedOptions().timeZone, room.language.tag),
          )}
        </span>
      </PageTop>
      <div className="stack stack--tight">
        <div role="status">
          <h1>{headline(state, say, room.role)}</h1>
        </div>
        <p className="soft">{under(state, say, together)}</p>
        {together && state.talkedSinceMs ? <Talked sinceMs={state.talkedSinceMs} /> : null}
      </div>
      {extra?.locked ? (
        <p className="banner">
          <Icon name="lock" />
          <span>{say.locked}</span>
        </p>
      ) : null}
      {state.quality === "weak" || state.quality === "bad" ? (
        <p className="banner banner--notice" role="status">
          <Icon name="wifi" />
          <span>{say.weak}</span>
        </p>
      ) : null}
      <section className="room-two" aria-label={say.people}>
        <div className="card stack stack--tight">
          <div className="row">
            <h2 className="grow">{say.you}</h2>
            <span
              className={
                (silent && !held) || !state.admitted ? "chip chip--large" : "chip chip--large chip--good"
              }
            >
              {silent ? say.mutedNow : state.admitted ? say.hereWord : say.lobby}
            </span>
          </div>
          <Meter
            stream={!silent && media.microphone.state === "on" ? media.microphone.stream : null}
            label={say.yourLevel}
            segments={24}
          />
        </div>
        <div className="card stack stack--tight">
          <div className="row">
            <h2 className="grow">{other}</h2>
            <span className={together ? "chip chip--large chip--good" : "chip chip--large"}>
              {together ? (theyMuted ? say.theyMuted : say.hereWord) : say.notHere}
            </span>
          </div>
          <Meter stream={together ? theirs : null} label={say.theirLevel} segments={24} />
        </div>
      </section>
      {room.role === "host" ? (
        <HostControls {...{ words: say, state, audioRoom }} locked={extra?.locked ?? false} />
      ) : null}
      <p className="soft centred wide-only" role="status">
        {held ? say.talking : state.muted ? say.talkHint : ""}
      </p>
      <nav className="room-bar" aria-label={say.controls}>
        <button
          type="button"
          data-talk
          className={silent ? "btn btn--big btn--quiet" : "btn btn--big"}
          aria-pressed={state.muted}
          onClick={props.toggleMute}
        >
          <Icon name={silent ? "micOff" : "mic"} />
          {silent ? say.unmute : say.mute}
        </button>
        <button type="button" className="btn btn--big btn--hangup" onClick={audioRoom.call.leave}>
          <Icon name="hangUp" />
          {say.leave}
        </button>
      </nav>
      <details
        className="card"
        open={settings}
        onToggle={({ currentTarget }) => setSettings(currentTarget.open)}
      >
        <summary>{say.settings}</summary>
        {settings ? (
          <div className="stack">
            <SoundSettings local={local} media={media} words={words} />
            <QuietenSwitch local={local} media={media} words={words} />
          </div>
        ) : null}
      </details>
    </main>
  );
}

function headline(state: Inside, say: RoomWords["call"], role: RoomFacts["role"]): string {
  if (state.phase === "reconnecting") return say.reconnecting;
  if (!state.admitted) return say.waitTitle;
  if (state.phase === "connecting") return say.connecting;
  if (state.others === "here") return say.together;
  return role === "host" ? say.aloneHost : say.aloneGuest;
}

function under(state: Inside, say: RoomWords["call"], together: boolean): string {
  if (state.phase === "reconnecting") return say.reconnectingSay;
  if (!state.admitted) return say.waitSay;
  return together ? "" : say.aloneSay;
}

function Talked({ sinceMs }: { sinceMs: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <p className="soft num">{shortTimer(now - sinceMs)}</p>;
}

/** What the page plays of the other person, to be measured; null while there is nothing. */
function useTheirSound(element: HTMLAudioElement | null, up: boolean): MediaStream | null {
  const [stream, setStream] = useState<MediaStream | null>(null);
  useEffect(() => {
    if (!element || !up) return setStream(null);
    const look = () => setStream(element.srcObject instanceof MediaStream ? element.srcObject : null);
    look();
    element.addEventListener("loadedmetadata", look);
    return () => element.removeEventListener("loadedmetadata", look);
  }, [element, up]);
  return stream;
}
