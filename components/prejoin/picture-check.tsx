"use client";

import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import { OwnPicture } from "../ui/own-picture";
import { usePreviewWords } from "./preview-words";

/** Hidden rather than absent, so that the first script can show it before React is there. */
export function PictureCheck({ local, media }: { local: LocalMedia | null; media: LocalMediaState }) {
  const words = usePreviewWords();
  const { camera } = media;
  const on = camera.state === "on";
  const off = camera.state === "off";
  return (
    <div hidden={camera.state === "problem"}>
      <div className="tile tile--square tile--preview">
        <OwnPicture stream={on ? camera.stream : null} label={words.heading} />
        <p className="tile__none" data-first="unseen" hidden={on} suppressHydrationWarning>
          <Icon name={off ? "cameraOff" : "camera"} large />
          {off ? words.cameraIsOff : words.pictureHere}
        </p>
      </div>
      <div
        className="card__rows stack stack--tight"
        data-first="seen"
        hidden={!on && !off}
        suppressHydrationWarning
      >
        <div className="row row--apart">
          <p className="small soft">{words.onlyYou}</p>
          <button
            type="button"
            className="btn btn--quiet btn--snug"
            disabled={!local}
            onClick={() => void local?.setCamera(!on)}
          >
            <Icon name={off ? "cameraOff" : "camera"} />
            {off ? words.cameraOn : words.cameraOff}
          </button>
        </div>
        <DevicePick
          label={words.camera}
          choices={media.choices.camera}
          value={on ? camera.id : ""}
          choose={(id) => void local?.choose("camera", id)}
        />
      </div>
    </div>
  );
}
