import { useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { Device } from "@/lib/call/local-media";
import { callWords } from "../messages/en-call";
import { Icon } from "../ui/icon";

/** Below the face, never on it: what is wrong, and the one thing that helps. */
export function CallNotes(props: { state: Inside; camera: Device; turnCameraOff: () => void }) {
  const { state, camera } = props;
  const [dismissed, setDismissed] = useState(false);
  if (state.phase !== "live") return null;
  if (state.trouble === "remove") return <Note>{callWords.trouble.remove}</Note>;
  if (camera.state === "problem" && state.cameraOn) return <Note>{callWords.cameraTrouble}</Note>;
  if (state.quality !== "weak" || dismissed || camera.state !== "on") return null;
  return (
    <Note>
      <b>{callWords.weak.title}</b> {callWords.weak.say}
      <span className="note__choices">
        <button type="button" className="btn btn--notice grow" onClick={props.turnCameraOff}>
          <Icon name="cameraOff" />
          {callWords.turnCameraOff}
        </button>
        <button type="button" className="btn btn--onstage" onClick={() => setDismissed(true)}>
          {callWords.notNow}
        </button>
      </span>
    </Note>
  );
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <div className="note">
      <Icon name="warn" large />
      <p className="grow">{children}</p>
    </div>
  );
}
