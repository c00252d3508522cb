import { deviceWords } from "../messages/call-words";
import { Icon } from "./call-icon";
import { useTalkingMuted } from "./use-talking-muted";

/** Only who talks while muted needs telling; for everybody else the button's own word is enough. */
export function TalkingMuted({ stream, unmute }: { stream: MediaStream | null; unmute: () => void }) {
  const talking = useTalkingMuted(stream);
  return (
    <div className="muted-word" role="status">
      {talking ? (
        <span className="toast">
          <Icon name="micOff" />
          <span>
            <b>{deviceWords.talkingMuted}</b> {deviceWords.talkingMutedSay}
          </span>
          <button type="button" className="btn btn--notice btn--snug" onClick={unmute}>
            {deviceWords.unmute}
          </button>
        </span>
      ) : null}
    </div>
  );
}
