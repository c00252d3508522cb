"use client";

import type { LocalMedia, LocalMediaState } from "@/lib/call/local-media";
import { previewWords } from "../messages/en";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import { OwnPicture } from "../ui/own-picture";

export function PictureCheck({ local, media }: { local: LocalMedia; media: LocalMediaState }) {
  const { camera } = media;
  if (camera.state === "problem") return null;
  const on = camera.state === "on";
  return (
    <>
      <div className="tile tile--square tile--preview">
        {on ? (
          <OwnPicture stream={camera.stream} label={previewWords.heading} />
        ) : (
          <p className="tile__none">
            <Icon name={camera.state === "off" ? "cameraOff" : "camera"} large />
            {camera.state === "off" ? previewWords.cameraIsOff : previewWords.pictureHere}
          </p>
        )}
      </div>
      {on || camera.state === "off" ? (
        <div className="card__rows stack stack--tight">
          <div className="row row--apart">
            <p className="small soft">{previewWords.onlyYou}</p>
            <button
              type="button"
              className="btn btn--quiet btn--snug"
              onClick={() => void local.setCamera(!on)}
            >
              <Icon name={on ? "camera" : "cameraOff"} />
              {on ? previewWords.cameraOff : previewWords.cameraOn}
            </button>
          </div>
          <DevicePick
            label={previewWords.camera}
            choices={media.choices.camera}
            value={on ? camera.id : ""}
            choose={(id) => void local.choose("camera", id)}
          />
        </div>
      ) : null}
    </>
  );
}
