"use client";

import { useState } from "react";
import type { Loudness } from "@/lib/call/level";
import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";
import { usePreviewWords } from "./preview-words";

type Props = {
  local: LocalMedia | null;
  media: LocalMediaState;
  /** How loud it is, whenever that changes. */
  told?: (loudness: Loudness) => void;
};

export function MicrophoneRow({ local, media, told }: Props) {
  const words = usePreviewWords();
  const { microphone } = media;
  const [loudness, setLoudness] = useState<Loudness>("silent");
  const heard = (now: Loudness) => {
    setLoudness(now);
    told?.(now);
  };
  const on = microphone.state === "on";
  const bad = microphone.state === "problem";
  const { head, say } = words.microphone[on ? loudness : bad ? "problem" : "unasked"];
  return (
    <div className="device">
      <span className={bad ? "tick tick--bad" : on && loudness !== "silent" ? "tick" : "tick tick--ask"}>
        <Icon name={bad ? "micOff" : "mic"} />
      </span>
      <div>
        <b>{head}</b>
        <p className="small soft">{say}</p>
      </div>
      {on ? (
        <div className="device__more stack stack--tight">
          <Meter stream={microphone.stream} label={words.level} segments={24} told={heard} />
          <DevicePick
            label={words.mic}
            choices={media.choices.microphone}
            value={microphone.id}
            choose={(id) => void local?.choose("microphone", id)}
          />
        </div>
      ) : null}
    </div>
  );
}
