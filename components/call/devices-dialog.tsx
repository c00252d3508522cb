import type { LocalMedia } from "@/lib/call/local-media";
import { previewWords } from "../messages/en";
import { callWords } from "../messages/en-call";
import { MicrophoneRow } from "../prejoin/microphone-row";
import { SpeakerRow } from "../prejoin/speaker-row";
import { DevicePick } from "../ui/device-pick";
import { useLocalMedia } from "../ui/use-local-media";
import { Dialog } from "./dialog";

export function DevicesDialog({ local, close }: { local: LocalMedia; close: () => void }) {
  const media = useLocalMedia(local);
  return (
    <Dialog title={callWords.deviceTitle} close={close}>
      <DevicePick
        label={previewWords.camera}
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
