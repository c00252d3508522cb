"use client";

import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { Locale } from "@/messages/locales";
import type { ConnectionWords } from "../connection/connection-rows";
import { InAppNotice } from "../prejoin/in-app-notice";
import { MicrophoneRow } from "../prejoin/microphone-row";
import { PictureCheck } from "../prejoin/picture-check";
import { type PreviewWords, PreviewWordsProvider } from "../prejoin/preview-words";
import { SpeakerRow } from "../prejoin/speaker-row";
import { Icon } from "../ui/icon";
import { CheckResult } from "./check-result";
import type { CheckWords } from "./check-words";
import { NetworkRow } from "./network-row";
import { useDeviceCheck } from "./use-device-check";

type Props = {
  code: string;
  locale: Locale;
  words: CheckWords;
  line: ConnectionWords;
  preview: PreviewWords;
  help: ReactNode;
};

const DeviceTrouble = lazy(() =>
  import("../prejoin/device-trouble").then((it) => ({ default: it.DeviceTrouble })),
);

/** Camera, microphone, speaker and network, tried on the day before: each result in words, and staff see what came of it. */
export function DeviceCheck(props: Props) {
  return (
    <PreviewWordsProvider value={props.preview}>
      <Check {...props} />
    </PreviewWordsProvider>
  );
}

function Check({ code, locale, words, line, preview, help }: Props) {
  const check = useDeviceCheck(code);
  const { local, media, run } = check;
  // Until this page lives, a press would lead nowhere.
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  if (run?.done)
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
      <InAppNotice />
      {troubled && local ? (
        <Suspense>
          <DeviceTrouble local={local} media={media} locale={locale} tryAgain={check.tryAgain} />
        </Suspense>
      ) : null}
      <section className="card card--flush" aria-labelledby="check">
        <div className="card__title">
          <h2 id="check">{words.heading}</h2>
          <p className="soft">{words.say}</p>
          {run ? null : <p className="soft">{words.why}</p>}
        </div>
        {run ? (
          <>
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
          </>
        ) : null}
      </section>
      <div className="dock">
        <button
          type="button"
          className="btn btn--big"
          disabled={!alive}
          onClick={run ? check.finish : check.begin}
        >
          <Icon name={run ? "tick" : "camera"} />
          {run ? words.finish : words.start}
        </button>
      </div>
    </>
  );
}
