"use client";

import { useEffect, useState } from "react";
import { careForDevices } from "@/lib/call/device-care";
import type { DeviceProblem } from "@/lib/call/device-problem";
import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { placeOf, systemOf } from "@/lib/call/permission-advice";
import type { Locale } from "@/messages/locales";
import { type Advice, deviceAdvice, type Missing } from "../messages/device-advice";
import { Icon } from "../ui/icon";

/** What is missing, why, and the exact steps of this browser. Below it, the visit can be joined without. */
export function DeviceTrouble(props: {
  local: LocalMedia;
  media: LocalMediaState;
  locale: Locale;
  tryAgain: () => void;
  /** There is no going on without it. */
  needed?: boolean;
  /** Whoever is here signed in, and came by no link. */
  linkless?: boolean;
}) {
  const { local, locale } = props;
  const [advice, setAdvice] = useState<Advice | null>(null);
  const found = troubleOf(props.media);
  const missing = found?.missing;
  const problem = found?.problem;
  useEffect(() => {
    if (!missing || !problem) return;
    let wanted = true;
    const { userAgent, maxTouchPoints } = navigator;
    const [place, system] = [placeOf(userAgent, maxTouchPoints), systemOf(userAgent, maxTouchPoints)];
    deviceAdvice(locale, missing, problem, place, system).then(
      (loaded) => wanted && setAdvice(loaded),
      () => undefined, // no network: the rows of the preview name what is missing
    );
    return () => {
      wanted = false;
    };
  }, [locale, missing, problem]);
  // Whoever follows the steps has done enough: what is allowed or plugged in is taken up by itself.
  useEffect(() => careForDevices(local).start(), [local]);
  if (!found || !advice) return null;
  return (
    <section className="card stack" role="alert">
      <h2>{advice.title}</h2>
      <p className="soft">{props.linkless ? advice.say : `${advice.linkSafe} ${advice.say}`}</p>
      <ol className="steps">
        {advice.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button type="button" className="btn btn--quiet btn--wide" onClick={props.tryAgain}>
        <Icon name="again" />
        {advice.tryAgain}
      </button>
      {props.needed ? null : <p className="small hint">{advice.ratherNot}</p>}
    </section>
  );
}

function troubleOf({
  camera,
  microphone,
}: LocalMediaState): { missing: Missing; problem: DeviceProblem } | null {
  if (microphone.state === "problem")
    return { missing: camera.state === "problem" ? "both" : "microphone", problem: microphone.problem };
  return camera.state === "problem" ? { missing: "camera", problem: camera.problem } : null;
}
