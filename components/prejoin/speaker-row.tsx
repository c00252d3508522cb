"use client";

import { useState } from "react";
import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { playTune } from "@/lib/call/sounds";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import { usePreviewWords } from "./preview-words";

type Heard = "ask" | "playing" | "played" | "good" | "bad";
type Props = {
  local: LocalMedia | null;
  media: LocalMediaState;
  /** What the person says of it, each time they say it. */
  told?: (heard: boolean) => void;
};

export function SpeakerRow({ local, media, told }: Props) {
  const [heard, setHeard] = useState<Heard>("ask");
  const words = usePreviewWords();
  const { head, say } = words.sound[heard];
  async function play() {
    setHeard("playing");
    await playTune("test", media.speaker);
    setHeard("played");
  }
  function answer(yes: boolean) {
    setHeard(yes ? "good" : "bad");
    told?.(yes);
  }
  return (
    <div className="device">
      <span className={heard === "good" ? "tick" : heard === "bad" ? "tick tick--bad" : "tick tick--ask"}>
        <Icon name="speaker" />
      </span>
      <div>
        <b>{head}</b>
        <p className="small soft">{say}</p>
      </div>
      <div className="device__more stack stack--tight">
        <div className="row">
          {heard === "played" ? (
            <>
              <button type="button" className="btn btn--quiet grow" onClick={() => answer(true)}>
                <Icon name="tick" />
                {words.heardIt}
              </button>
              <button type="button" className="btn btn--quiet grow" onClick={() => answer(false)}>
                {words.notHeard}
              </button>
            </>
          ) : null}
          <button
            type="button"
            className={heard === "playing" ? "btn btn--quiet grow is-busy" : "btn btn--quiet grow"}
            onClick={() => void play()}
          >
            <Icon name="play" />
            {heard === "ask" || heard === "playing" ? words.playChime : words.playAgain}
          </button>
        </div>
        {media.canChooseSpeaker ? (
          <DevicePick
            label={words.speaker}
            choices={media.choices.speaker}
            value={media.speaker || "default"}
            choose={(id) => void local?.choose("speaker", id)}
          />
        ) : null}
      </div>
    </div>
  );
}
