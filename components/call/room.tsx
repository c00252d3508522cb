"use client";

import { useEffect, useState } from "react";
import { StyleSheetManager, ThemeProvider } from "styled-components";
import type { StartAnswer } from "@/lib/call/call";
import { isInside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { keepAwake } from "@/lib/call/wake-lock";
import type { DoorFacts } from "../prejoin/door-facts";
import { AfterCall } from "./after-call";
import { announcement } from "./announcement";
import { InCall } from "./in-call";
import { Joining } from "./joining";
import { openRoom } from "./open-room";
import { TileStyles } from "./remote-tile";
import { callTheme } from "./theme";
import { useCall } from "./use-call";
import { usePageTitle } from "./use-page-title";
import { WaitingRoom } from "./waiting-room";
import "../ui/controls.css";
import "./call.css";

/** From the press on Join to the last page. Loaded while the person looks at themselves; the only holder of the media SDK. */
export function Room(props: { door: DoorFacts; local: LocalMedia; start: () => Promise<StartAnswer> }) {
  const { door, local } = props;
  const [room] = useState(() => openRoom(door, local, props.start));
  const { call } = room;
  const state = useCall(call);
  const inside = isInside(state);
  const ended = state.phase === "ended";

  useEffect(() => room.followDevices(), [room]);
  useEffect(() => call.join(), [call]);
  useEffect(() => (inside ? keepAwake() : undefined), [inside]);
  useEffect(() => {
    if (ended) local.close(); // the camera's light goes out with the call
  }, [ended, local]);
  useEffect(() => {
    if (state.phase !== "ended") return;
    // Somebody who was inside before this page was made finds it closed.
    const closedBefore =
      door.resumable && state.seatId === null && (state.reason === "over" || state.reason === "cancelled");
    // The door itself knows what became of its link, and what to do.
    if (state.reason === "link" || closedBefore) location.reload();
  }, [state, door]);
  usePageTitle(state);

  async function goBack() {
    await local.open({ camera: state.cameraOn, microphone: true });
    call.join();
  }

  return (
    <StyleSheetManager nonce={door.nonce}>
      <ThemeProvider theme={callTheme}>
        <div className="room" data-phase={state.phase} data-line={inside && state.mediaUp ? "up" : undefined}>
          {/* biome-ignore lint/a11y/useMediaCaption: live speech of the other person; there is no caption to give */}
          <audio ref={room.setAudio} autoPlay className="vh" />
          <p className="vh" role="status">
            {announcement(state, door)}
          </p>
          {inside ? <TileStyles /> : null}
          {state.phase === "idle" || state.phase === "joining" ? (
            <Joining state={state} door={door} cancel={call.leave} />
          ) : state.phase === "ended" ? (
            <AfterCall
              state={state}
              door={door}
              feedback={room.feedback()}
              call={{ goBack, endAgain: call.endForAll }}
            />
          ) : state.phase === "waiting" ? (
            <WaitingRoom
              state={state}
              door={door}
              local={local}
              care={room.care}
              feedback={room.feedback()}
              leave={call.leave}
            />
          ) : (
            <InCall state={state} door={door} local={local} room={room} />
          )}
        </div>
      </ThemeProvider>
    </StyleSheetManager>
  );
}
