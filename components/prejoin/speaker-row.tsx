"use client";

import { useState } from "react";
import type { LocalMedia, LocalMediaState } from "@/lib/call/local-media";
import { playTune } from "@/lib/call/sounds";
import { previewWords } from "../messages/en";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";

type Heard = "ask" | "playing" | "played" | "good";

export function SpeakerRow({ local, media }: { local: LocalMedia; media: LocalMediaState }) {
  const [heard, setHeard] = useState<Heard>("ask");
  const { head, say } = previewWords.sound[heard];
  async function play() {
    setHeard("playing");
    await playTune("test", media.speaker);
    setHeard("played");
  }
  return (
    <div className="device">
      <span className={heard === "good" ? "tick" : "tick tick--ask"}>
        <Icon name="speaker" />
      </span>
      <div>
        <b>{head}</b>
        <p className="small soft">{say}</p>
      </div>
      <div className="device__more stack stack--tight">
        <div className="row">
          {heard === "played" ? (
            <button type="button" className="btn btn--quiet grow" onClick={() => setHeard("good")}>
              <Icon name="tick" />
              {previewWords.sound.yes}
            </button>
          ) : null}
          <button
            type="button"
            className={heard === "playing" ? "btn btn--quiet grow is-busy" : "btn btn--quiet grow"}
            onClick={() => void play()}
          >
            <Icon name="play" />
            {heard === "ask" || heard === "playing" ? previewWords.sound.play : previewWords.sound.again}
          </button>
        </div>
        {media.canChooseSpeaker ? (
          <DevicePick
            label={previewWords.speaker}
            choices={media.choices.speaker}
            value={media.speaker || "default"}
            choose={(id) => void local.choose("speaker", id)}
          />
        ) : null}
      </div>
    </div>
  );
}
