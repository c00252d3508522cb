"use client";

import { lazy, Suspense, useEffect, useRef } from "react";
import { MicrophoneRow } from "../prejoin/microphone-row";
import { PictureCheck } from "../prejoin/picture-check";
import { SpeakerRow } from "../prejoin/speaker-row";
import { Icon } from "../ui/icon";
import type { CheckProps } from "./check-props";
import { CheckResult } from "./check-result";
import { NetworkRow } from "./network-row";
import { useDeviceCheck } from "./use-device-check";

const DeviceTrouble = lazy(() =>
  import("../prejoin/device-trouble").then((it) => ({ default: it.DeviceTrouble })),
);

/** One check after another, from the press on Start on: the first begins as soon as this is there. */
export function CheckRun({ code, locale, words, line, preview, help }: CheckProps) {
  const check = useDeviceCheck(code);
  const { local, media, run } = check;
  // It stands where the button was that has just been pressed.
  const finish = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each run
  useEffect(() => finish.current?.focus({ preventScroll: true }), [run.id]);
  if (run.done)
    return (
      <>
        <CheckResult
          found={run.done}
          sent={run.sent ?? "sending"}
          words={words}
          line={line}
          sendAgain={check.sendAgain}
          again={check.begin}
        />
        {help}
      </>
    );

  const { camera, microphone } = media;
  const asking = camera.state === "asking" || microphone.state === "asking";
  const troubled = camera.state === "problem" || microphone.state === "problem";
  return (
    <>
      {troubled ? (
        <Suspense>
          <DeviceTrouble local={local} media={media} locale={locale} tryAgain={check.tryAgain} />
        </Suspense>
      ) : null}
      <section className="card card--flush" aria-labelledby="check">
        <div className="card__title">
          <h2 id="check">{words.heading}</h2>
          <p className="soft">{words.say}</p>
        </div>
        <PictureCheck local={local} media={media} />
        <div className="card__rows">
          {asking ? <p role="status">{preview.asking}</p> : null}
          <MicrophoneRow
            local={local}
            media={media}
            told={(loudness) => loudness !== "silent" && check.heard()}
          />
          <SpeakerRow local={local} media={media} told={check.chime} />
          <NetworkRow line={check.line} words={line} again={check.tryLine} />
        </div>
      </section>
      <div className="dock">
        <button ref={finish} type="button" className="btn btn--big" onClick={check.finish}>
          <Icon name="tick" />
          {words.finish}
        </button>
      </div>
    </>
  );
}
