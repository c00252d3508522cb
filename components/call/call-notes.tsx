import { useState } from "react";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import type { Care } from "@/lib/call/device-care";
import type { LocalMedia } from "@/lib/call/local-media";
import { onlyListens } from "@/lib/call/settle";
import { callWords, deviceWords } from "../messages/call-words";
import { useLocalMedia } from "../ui/use-local-media";
import { LineNotes } from "./line-notes";
import { Note } from "./note";

/** What stands below the picture: a device that failed first, for only its owner can help; then the line. */
export function CallNotes(props: {
  state: Inside;
  local: LocalMedia;
  call: Call;
  care: Care;
  chooseDevices: () => void;
}) {
  const { state, local, call, care } = props;
  const { camera, microphone } = useLocalMedia(local);
  // Who came without a camera knows.
  const [known, setKnown] = useState(() => (camera.state === "problem" ? camera.problem : null));
  if (state.phase !== "live") return null;
  if (state.trouble === "remove" || state.trouble === "speak")
    return <Note icon="warn" say={callWords.trouble[state.trouble]} />;
  if (onlyListens(state))
    return <Note icon="speaker" title={callWords.listening.title} say={callWords.listening.say} />;
  if (microphone.state === "problem" && !state.muted)
    return (
      <Failed
        say={deviceWords.microphone(microphone.problem)}
        tryAgain={() => void local.open({ camera: false, microphone: true })}
        choose={props.chooseDevices}
      />
    );
  const stalled = camera.state === "on" && care.stalled;
  if (stalled || (camera.state === "problem" && camera.problem !== known))
    return (
      <Failed
        say={camera.state === "problem" ? deviceWords.camera(camera.problem) : deviceWords.stalled}
        tryAgain={() => void local.open({ camera: true, microphone: false })}
        choose={props.chooseDevices}
        dismiss={camera.state === "problem" ? () => setKnown(camera.problem) : undefined}
      />
    );
  return (
    <LineNotes
      state={state}
      call={call}
      cameraOn={camera.state === "on"}
      turnCameraOff={() => void local.setCamera(false)}
    />
  );
}

function Failed(props: { say: string; tryAgain: () => void; choose: () => void; dismiss?: () => void }) {
  const { say, tryAgain, choose, dismiss } = props;
  return (
    <Note icon="warn" say={say}>
      <button type="button" className="btn btn--notice" onClick={tryAgain}>
        {deviceWords.tryAgain}
      </button>
      <button type="button" className="btn btn--onstage" onClick={choose}>
        {deviceWords.choose}
      </button>
      {dismiss ? (
        <button type="button" className="btn btn--onstage" onClick={dismiss}>
          {deviceWords.without}
        </button>
      ) : null}
    </Note>
  );
}
