import type { DeviceCare } from "@/lib/call/device-care";
import type { LocalMedia } from "@/lib/call/local-media";
import { callWords, deviceWords } from "../messages/call-words";
import { MicrophoneRow } from "../prejoin/microphone-row";
import { usePreviewWords } from "../prejoin/preview-words";
import { SpeakerRow } from "../prejoin/speaker-row";
import { DevicePick } from "../ui/device-pick";
import { useLocalMedia } from "../ui/use-local-media";
import { Dialog } from "./dialog";
import { useCare } from "./use-care";

export function DevicesDialog(props: { local: LocalMedia; care: DeviceCare; close: () => void }) {
  const { local, care, close } = props;
  const words = usePreviewWords();
  const media = useLocalMedia(local);
  const { blur } = useCare(care);
  return (
    <Dialog title={callWords.deviceTitle} close={close}>
      <DevicePick
        label={words.camera}
        labelled
        choices={media.choices.camera}
        value={media.camera.state === "on" ? media.camera.id : ""}
        choose={(id) => void local.choose("camera", id)}
      />
      {blur === null ? null : (
        <button
          type="button"
          className="switch"
          role="switch"
          aria-checked={blur}
          onClick={() => void care.setBlur(!blur)}
        >
          <i aria-hidden="true" />
          {deviceWords.blur}
        </button>
      )}
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
