"use client";

import { type ComponentType, useEffect, useState } from "react";
import { InAppNotice } from "../prejoin/in-app-notice";
import { PreviewWordsProvider } from "../prejoin/preview-words";
import { Icon } from "../ui/icon";
import type { CheckProps } from "./check-props";

/** Everything behind the first press. Rejects without a network. */
const loadRun = async () => (await import("./check-run")).CheckRun;
/** The page stands and can be read by then; who presses sooner waits for the code, and no more. */
const loadAfterMs = 600;

/** Camera, microphone, speaker and network, tried on the day before: each result in words, and staff see what came of it. */
export function DeviceCheck(props: CheckProps) {
  const { words, preview } = props;
  const [Run, setRun] = useState<ComponentType<CheckProps> | null>(null);
  // Until this page lives, a press would lead nowhere.
  const [state, setState] = useState<"dead" | "alive" | "loading" | "failed">("dead");
  useEffect(() => {
    setState("alive");
    // Should it not come now, the press asks for it again and says so.
    const timer = setTimeout(() => void loadRun().catch(() => undefined), loadAfterMs);
    return () => clearTimeout(timer);
  }, []);

  async function begin() {
    setState("loading");
    try {
      const loaded = await loadRun();
      setRun(() => loaded);
    } catch {
      setState("failed"); // no network: said below
    }
  }

  return (
    <PreviewWordsProvider value={preview}>
      <InAppNotice />
      {Run ? (
        <Run {...props} />
      ) : (
        <>
          <section className="card card--flush" aria-labelledby="check">
            <div className="card__title">
              <h2 id="check">{words.heading}</h2>
              <p className="soft">{words.say}</p>
              <p className="soft">{words.why}</p>
              <p className="field__error" role="alert" hidden={state !== "failed"}>
                {preview.connection.notLoaded}
              </p>
            </div>
          </section>
          <div className="dock">
            <button
              type="button"
              className={state === "loading" ? "btn btn--big is-busy" : "btn btn--big"}
              disabled={state === "dead"}
              onClick={() => void begin()}
            >
              <Icon name="camera" />
              {words.start}
            </button>
          </div>
        </>
      )}
    </PreviewWordsProvider>
  );
}
