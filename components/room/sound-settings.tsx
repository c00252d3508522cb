import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { DevicePick } from "../ui/device-pick";
import type { RoomWords } from "./room-facts";

/** Another microphone or speaker, in the middle of the call. */
export function SoundSettings({
  local,
  media,
  words,
}: {
  local: LocalMedia;
  media: LocalMediaState;
  words: RoomWords;
}) {
  const { microphone, choices } = media;
  return (
    <>
      <DevicePick
        labelled
        label={words.microphone}
        choices={choices.microphone}
        value={microphone.state === "on" ? microphone.id : ""}
        choose={(id) => void local.choose("microphone", id)}
      />
      {media.canChooseSpeaker ? (
        <DevicePick
          labelled
          label={words.speakerHead}
          choices={choices.speaker}
          value={media.speaker || "default"}
          choose={(id) => void local.choose("speaker", id)}
        />
      ) : null}
    </>
  );
}
