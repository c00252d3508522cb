import { lazy, Suspense, useState, useSyncExternalStore } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { otherParty } from "@/lib/call/other-party";
import { clockTime } from "@/lib/call/time-words";
import { Icon } from "../ui/icon";
import { PageTop } from "../ui/page-top";
import { useLocalMedia } from "../ui/use-local-media";
import { CallHead } from "./call-head";
import { ClosesSoon, MicrophoneNote } from "./call-notes";
import { HostControls } from "./host-controls";
import { QuietenSwitch } from "./microphone-card";
import type { AudioRoom } from "./open-audio-room";
import { PersonCard } from "./person-card";
import type { RoomFacts, RoomWords } from "./room-facts";
import { SoundSettings } from "./sound-settings";
import { TroubleList } from "./trouble-list";
import { useTheirSound } from "./use-their-sound";

/** Loaded when there is something to say of a recording. */
const Recording = lazy(() => import("./recording").then((it) => ({ default: it.Recording })));

/** Inside, or in the lobby: who is there, how loud, and what can be done. */
export function InCall(props: {
  room: RoomFacts;
  words: RoomWords;
  local: LocalMedia;
  audioRoom: AudioRoom;
  state: Inside;
  sound: HTMLAudioElement | null;
  /** The space bar is held: heard though muted. */
  held: boolean;
  toggleMute: () => void;
}) {
  const { room, words, local, audioRoom, state, held } = props;
  const { call: say } = words;
  const { microphone } = useLocalMedia(local);
  const extra = useSyncExternalStore(audioRoom.subscribe, audioRoom.extra, audioRoom.extra);
  const theirs = useTheirSound(props.sound, state.mediaUp);
  const locked = extra?.locked ?? false;
  const open = microphone.state === "on" && !state.muted ? microphone.stream : null;
  // Who waits in the lobby is connected too, and not in the call.
  const together = state.admitted && otherParty(state).state === "here";
  const until = new Date(extra?.expiresAt ?? room.expiresAt);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const at = clockTime(until, timeZone, room.language.tag);
  return (
    <main className="page page--room">
      <PageTop>
        <span className="soft num">{say.until.replace("{time}", at)}</span>
      </PageTop>
      <CallHead role={room.role} {...{ say, state, together, locked }} />
      {extra && state.admitted && (extra.mayRecord || extra.recording) ? (
        <Suspense>
          <Recording
            recording={extra.recording}
            mayAsk={extra.mayRecord && together}
            words={words}
            act={audioRoom.record}
          />
        </Suspense>
      ) : null}
      <ClosesSoon {...{ until, at, say }} />
      {microphone.state === "problem" ? (
        <MicrophoneNote problem={microphone.problem} {...{ local, say }} />
      ) : null}
      <section className="room-two" aria-label={say.people}>
        <PersonCard
          who={say.you}
          standing={!open ? say.mutedNow : state.admitted ? say.hereWord : say.lobby}
          good={open !== null && state.admitted}
          level={say.yourLevel}
          stream={open}
        />
        <PersonCard
          who={room.role === "host" ? say.guest : say.host}
          standing={!together ? say.notHere : state.othersMuted.length > 0 ? say.theyMuted : say.hereWord}
          good={together}
          level={say.theirLevel}
          stream={together ? theirs : null}
        />
      </section>
      {room.role === "host" ? <HostControls words={say} {...{ state, audioRoom, locked }} /> : null}
      <p className="soft centred wide-only" role="status">
        {held ? say.talking : state.muted ? say.talkHint : ""}
      </p>
      <nav className="room-bar" aria-label={say.controls}>
        <button
          type="button"
          data-talk
          className={open ? "btn btn--big" : "btn btn--big btn--quiet"}
          aria-pressed={state.muted}
          onClick={props.toggleMute}
        >
          <Icon name={open ? "mic" : "micOff"} />
          {open ? say.mute : say.unmute}
        </button>
        <button type="button" className="btn btn--big btn--hangup" onClick={audioRoom.call.leave}>
          <Icon name="hangUp" />
          {say.leave}
        </button>
      </nav>
      <Settings local={local} words={words} />
    </main>
  );
}

function Settings({ local, words }: { local: LocalMedia; words: RoomWords }) {
  const media = useLocalMedia(local);
  const [open, setOpen] = useState(false);
  return (
    <details className="card" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.call.settings}</summary>
      {open ? (
        <div className="stack">
          <SoundSettings local={local} media={media} words={words} />
          <QuietenSwitch local={local} media={media} words={words} />
          <TroubleList words={words.trouble} />
        </div>
      ) : null}
    </details>
  );
}
