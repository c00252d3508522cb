import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { callWords, deviceWords } from "../messages/call-words";
import { useLocalMedia } from "../ui/use-local-media";
import { LineNotes } from "./line-notes";
import { Note } from "./note";

/** What stands below the picture: a device that failed first, for only its owner can help; then the line. */
export function CallNotes(props: {
  state: Inside;
  local: LocalMedia;
  call: Call;
  chooseDevices: () => void;
}) {
  const { state, local, call } = props;
  const { camera, microphone } = useLocalMedia(local);
  if (state.phase !== "live") return null;
  if (state.trouble === "remove") return <Note icon="warn" say={callWords.trouble.remove} />;
  if (microphone.state === "problem" && !state.muted)
    return (
      <Failed
        say={deviceWords.microphone(microphone.problem)}
        tryAgain={() => void local.open({ camera: false, microphone: true })}
        choose={props.chooseDevices}
      />
    );
  if (camera.state === "problem")
    return (
      <Failed
        say={deviceWords.camera(camera.problem)}
        tryAgain={() => void local.open({ camera: true, microphone: false })}
        choose={props.chooseDevices}
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

function Failed({ say, tryAgain, choose }: { say: string; tryAgain: () => void; choose: () => void }) {
  return (
    <Note icon="warn" say={say}>
      <button type="button" className="btn btn--notice" onClick={tryAgain}>
        {deviceWords.tryAgain}
      </button>
      <button type="button" className="btn btn--onstage" onClick={choose}>
        {deviceWords.choose}
      </button>
    </Note>
  );
}
