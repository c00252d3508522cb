import { useState } from "react";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { callWords } from "../messages/en-call";
import type { DoorFacts } from "../prejoin/door-facts";
import { useLocalMedia } from "../ui/use-local-media";
import { Control } from "./control";
import { DevicesDialog } from "./devices-dialog";
import { Ask } from "./dialog";

export function CallControls(props: { state: Inside; door: DoorFacts; local: LocalMedia; call: Call }) {
  const { state, door, local, call } = props;
  const { camera, microphone } = useLocalMedia(local);
  const [asking, setAsking] = useState<"leave" | "end" | "devices" | null>(null);
  const done = () => setAsking(null);
  const cameraOn = camera.state === "on";
  const silent = state.muted || microphone.state !== "on";

  async function toggleMute() {
    if (state.muted && microphone.state !== "on") await local.open({ camera: false, microphone: true });
    call.setMuted(!state.muted);
  }

  return (
    <>
      {silent ? <p className="muted-word">{callWords.muted}</p> : null}
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
          press={() => void local.setCamera(!cameraOn)}
        />
        <Control icon="speaker" word={callWords.devices} press={() => setAsking("devices")} />
        {door.party === "clinician" ? (
          <>
            <Control icon="door" word={callWords.leave} press={() => setAsking("leave")} />
            <Control icon="hangUp" word={callWords.endForAll} look="leave" press={() => setAsking("end")} />
          </>
        ) : (
          <Control icon="hangUp" word={callWords.leave} look="leave" press={() => setAsking("leave")} />
        )}
      </nav>
      {asking === "devices" ? <DevicesDialog local={local} close={done} /> : null}
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
