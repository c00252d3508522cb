import { useCallback, useState } from "react";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import type { Captions } from "@/lib/call/captions/captions";
import type { DeviceCare } from "@/lib/call/device-care";
import type { LocalMedia } from "@/lib/call/local-media";
import { callWords, chatWords, notesWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { useLocalMedia } from "../ui/use-local-media";
import type { Asking } from "./asking";
import { Control } from "./control";
import { DevicesDialog } from "./devices-dialog";
import { Ask } from "./dialog";
import { KeysDialog } from "./keys-dialog";
import { MoreDialog } from "./more-dialog";
import { shareControl } from "./share-control";
import type { PanelName } from "./side-panel";
import { openSmallWindow, SmallWindow } from "./small-window";
import { TalkingMuted } from "./talking-muted";
import { useKeys } from "./use-keys";

type Props = {
  state: Inside;
  door: DoorFacts;
  /** Of whoever is on the other side. */
  name: string;
  local: LocalMedia;
  call: Call;
  care: DeviceCare;
  captions: Captions | null;
  panel: { shown: PanelName | null; toggle: (name: PanelName) => void; unread: number; waiting: number };
  asking: Asking | null;
  ask: (what: Asking | null) => void;
};

export function CallControls({ state, door, name, local, call, care, captions, panel, asking, ask }: Props) {
  const { camera, microphone } = useLocalMedia(local);
  const [busy, setBusy] = useState(false);
  const [small, setSmall] = useState<Window | null>(null);
  const closed = useCallback(() => setSmall(null), []);
  const done = () => ask(null);
  const hosts = door.party === "clinician";
  const cameraOn = camera.state === "on";
  const share = shareControl(state, call);
  const silent = state.muted || microphone.state !== "on";

  async function toggleMute() {
    if (state.muted && microphone.state !== "on") await local.open({ camera: false, microphone: true });
    call.setMuted(!state.muted);
  }
  async function toggleCamera() {
    if (busy) return;
    setBusy(true);
    await local.setCamera(!cameraOn);
    setBusy(false);
  }
  useKeys({
    m: () => void toggleMute(),
    v: () => void toggleCamera(),
    c: () => panel.toggle("chat"),
    ...(hosts ? { p: () => panel.toggle("people"), n: () => panel.toggle("notes") } : {}),
    "?": () => ask("keys"),
  });

  return (
    <>
      <TalkingMuted
        stream={state.muted && microphone.state === "on" ? microphone.stream : null}
        unmute={() => void toggleMute()}
      />
      <nav className="bar" aria-label={callWords.controls}>
        <Control
          icon={silent ? "micOff" : "mic"}
          word={silent ? callWords.unmute : callWords.mute}
          look={silent ? "off" : undefined}
          shortcut="M"
          press={() => void toggleMute()}
        />
        <Control
          icon={cameraOn ? "camera" : "cameraOff"}
          word={cameraOn ? callWords.cameraOff : callWords.cameraOn}
          look={cameraOn ? undefined : "off"}
          shortcut="V"
          press={() => void toggleCamera()}
        />
        <Control icon="speaker" word={callWords.devices} place="wide" press={() => ask("devices")} />
        {share ? (
          <Control
            icon="screen"
            word={share.word}
            look={share.on ? "on" : undefined}
            place="wide"
            press={share.press}
          />
        ) : null}
        <Control
          icon="chat"
          word={chatWords.control}
          look={panel.shown === "chat" ? "on" : undefined}
          shortcut="C"
          open={panel.shown === "chat"}
          badge={{ count: panel.unread, words: chatWords.unread(panel.unread) }}
          press={() => panel.toggle("chat")}
        />
        {hosts ? (
          <Control
            icon="people"
            word={callWords.people}
            place="wide"
            look={panel.shown === "people" ? "on" : undefined}
            shortcut="P"
            open={panel.shown === "people"}
            badge={{ count: panel.waiting, words: callWords.waitingCount(panel.waiting) }}
            press={() => panel.toggle("people")}
          />
        ) : null}
        {hosts ? (
          <Control
            icon="note"
            word={notesWords.control}
            place="wide"
            look={panel.shown === "notes" ? "on" : undefined}
            shortcut="N"
            open={panel.shown === "notes"}
            press={() => panel.toggle("notes")}
          />
        ) : null}
        <Control icon="more" word={callWords.more} press={() => ask("more")} />
        {hosts ? (
          <>
            <Control
              icon="door"
              word={callWords.leave}
              look="leave"
              place="narrow"
              press={() => ask("leave")}
            />
            <Control icon="door" word={callWords.leave} place="wide" press={() => ask("leave")} />
            <Control
              icon="hangUp"
              word={callWords.endForAll}
              look="leave"
              place="wide"
              press={() => ask("end")}
            />
          </>
        ) : (
          <Control icon="hangUp" word={callWords.leave} look="leave" press={() => ask("leave")} />
        )}
      </nav>
      {asking === "devices" ? <DevicesDialog local={local} care={care} close={done} /> : null}
      {asking === "keys" ? <KeysDialog hosts={hosts} close={done} /> : null}
      {asking === "more" ? (
        <MoreDialog
          state={state}
          call={call}
          hosts={hosts}
          captions={captions}
          ask={ask}
          openPanel={panel.toggle}
          shrink={() => void openSmallWindow().then(setSmall)}
          close={done}
        />
      ) : null}
      {small ? <SmallWindow small={small} state={state} call={call} name={name} closed={closed} /> : null}
      {asking === "leave" ? (
        <Ask
          question={callWords.askLeave}
          verb={callWords.leave}
          stay={callWords.stay}
          yes={call.leave}
          no={done}
        />
      ) : null}
      {asking === "end" ? (
        <Ask
          question={callWords.askEnd}
          verb={callWords.endForAll}
          stay={callWords.stay}
          yes={call.endForAll}
          no={done}
        />
      ) : null}
    </>
  );
}
