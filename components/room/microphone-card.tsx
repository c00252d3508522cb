"use client";

import { lazy, Suspense, useState } from "react";
import type { Loudness } from "@/lib/call/level";
import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import type { RoomWords } from "./room-facts";
import { SoundScale } from "./sound-scale";

const HearYourself = lazy(() => import("./sound-tools").then((it) => ({ default: it.HearYourself })));

type Props = { local: LocalMedia | null; media: LocalMediaState; words: RoomWords };

/** @param tools whether what comes after the first moment may be loaded. @param moved the level shows something. */
export function MicrophoneCard({
  local,
  media,
  words,
  tools,
  moved,
}: Props & { tools: boolean; moved: () => void }) {
  const { microphone } = media;
  const [loudness, setLoudness] = useState<Loudness>("silent");
  const on = microphone.state === "on";
  const told = (now: Loudness) => {
    setLoudness(now);
    if (now !== "silent") moved();
  };
  const look = loudness === "good" ? "chip--good" : loudness === "silent" ? "" : "chip--wait";
  return (
    <section className="card stack" aria-labelledby="mic">
      <div className="row">
        <h2 className="grow" id="mic">
          {words.microphone}
        </h2>
        {on ? (
          <span className={`chip chip--large ${look}`} role="status">
            {words.state[loudness]}
          </span>
        ) : null}
      </div>
      {on ? (
        <>
          <SoundScale stream={microphone.stream} words={words} told={told} />
          <DevicePick
            label={words.microphone}
            choices={media.choices.microphone}
            value={microphone.id}
            choose={(id) => void local?.choose("microphone", id)}
          />
          <Suspense fallback={<div className="rec rec--place" />}>
            {tools ? (
              <HearYourself stream={microphone.stream} speaker={media.speaker} words={words} />
            ) : (
              <div className="rec rec--place" />
            )}
          </Suspense>
        </>
      ) : (
        <>
          <p className="soft">{words.why}</p>
          <button
            type="button"
            className={microphone.state === "asking" ? "btn btn--quiet is-busy" : "btn btn--quiet"}
            disabled={!local}
            onClick={() => void local?.open({ camera: false, microphone: true })}
          >
            <Icon name="mic" />
            {microphone.state === "asking" ? words.asking : words.turnOn}
          </button>
        </>
      )}
      <QuietenSwitch local={local} media={media} words={words} />
    </section>
  );
}

export function QuietenSwitch({ local, media, words }: Props) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={media.quieten}
      disabled={!local}
      onClick={() => void local?.setQuieten(!media.quieten)}
    >
      <i />
      <span>
        <b>{words.quieten}</b>
      </span>
    </button>
  );
}
