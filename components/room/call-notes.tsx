import { useEffect, useState } from "react";
import type { DeviceProblem } from "@/lib/call/device-problem";
import type { LocalMedia } from "@/lib/call/local-media";
import { Icon } from "../ui/icon";
import type { RoomWords } from "./room-facts";

/** The microphone went in the middle of the call: why, that nobody hears its owner, and the cure. One that is plugged in again is taken up by itself. */
export function MicrophoneNote(props: { problem: DeviceProblem; local: LocalMedia; say: RoomWords["call"] }) {
  const { problem, local, say } = props;
  return (
    <div className="banner banner--notice" role="alert">
      <Icon name="warn" />
      <p className="grow">{say.microphone[problem]}</p>
      <button
        type="button"
        className="btn btn--notice"
        onClick={() => void local.open({ camera: false, microphone: true })}
      >
        {say.tryAgain}
      </button>
    </div>
  );
}

const soonMs = 5 * 60_000;

/** Five minutes before the room closes, and until then nothing. `at`: `until` in the reader's words. */
export function ClosesSoon({ until, at, say }: { until: Date; at: string; say: RoomWords["call"] }) {
  const [soon, setSoon] = useState(false);
  const closes = until.getTime();
  useEffect(() => {
    const left = closes - Date.now();
    setSoon(left <= soonMs);
    if (left <= soonMs) return;
    const timer = setTimeout(() => setSoon(true), left - soonMs);
    return () => clearTimeout(timer);
  }, [closes]);
  return (
    <div role="status">
      {soon ? (
        <p className="banner banner--notice">
          <Icon name="clock" />
          <span>{say.closesSoon.replace("{time}", at)}</span>
        </p>
      ) : null}
    </div>
  );
}
