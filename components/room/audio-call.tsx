"use client";

import { useCallback, useEffect, useState } from "react";
import type { StartAnswer } from "@/lib/call/call";
import { isInside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { keepAwake } from "@/lib/call/wake-lock";
import { useCall } from "../call/use-call";
import { PageTop } from "../ui/page-top";
import { EndedCall } from "./ended-call";
import { InCall } from "./in-call";
import { openAudioRoom } from "./open-audio-room";
import type { RoomFacts, RoomWords } from "./room-facts";
import { useMediaSession } from "./use-media-session";
import { useSpaceToTalk } from "./use-space-to-talk";

type Props = { room: RoomFacts; words: RoomWords; local: LocalMedia; join: () => Promise<StartAnswer> };

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
