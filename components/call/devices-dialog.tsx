import type { LocalMedia } from "@/lib/call/local-media";
import { callWords } from "../messages/call-words";
import { MicrophoneRow } from "../prejoin/microphone-row";
import { usePreviewWords } from "../prejoin/preview-words";
import { SpeakerRow } from "../prejoin/speaker-row";
import { DevicePick } from "../ui/device-pick";
import { useLocalMedia } from "../ui/use-local-media";
import { Dialog } from "./dialog";

export function DevicesDialog({ local, close }: { local: LocalMedia; close: () => void }) {
  const words = usePreviewWords();
  const media = useLocalMedia(local);
  return (
    <Dialog title={callWords.deviceTitle} close={close}>
      <DevicePick
        label={words.camera}
        labelled
        choices={media.choices.camera}
        value={media.camera.state === "on" ? media.camera.id : ""}
        choose={(id) => void local.choose("camera", id)}
      />
      <div>
        <MicrophoneRow local={local} media={media} />
        <SpeakerRow local={local} media={media} />
      </div>
      <button type="button" className="btn btn--wide" onClick={close}>
        {callWords.close}
      </button>
    </Dialog>
  );
}
