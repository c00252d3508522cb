"use client";

import type { LocalMediaState } from "@/lib/call/local-media-state";
import { type DeviceProblem, placeOf } from "@/lib/call/permission-advice";
import { previewWords } from "../messages/en";
import { deviceAdvice, type Missing, ratherNot } from "../messages/en-advice";
import { Icon } from "../ui/icon";

/** What is missing, why, and the exact steps of this browser. Below it, the visit can be joined without. */
export function DeviceTrouble({ media, tryAgain }: { media: LocalMediaState; tryAgain: () => void }) {
  const found = troubleOf(media);
  if (!found) return null;
  const place = placeOf(navigator.userAgent, navigator.maxTouchPoints);
  const { title, say, steps } = deviceAdvice(found.missing, found.problem, place);
  return (
    <section className="card stack" role="alert">
      <h2>{title}</h2>
      <p className="soft">{say}</p>
      <ol className="steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <button type="button" className="btn btn--quiet btn--wide" onClick={tryAgain}>
        <Icon name="again" />
        {previewWords.tryAgain}
      </button>
      <p className="small hint">
        {ratherNot.title} {ratherNot.say}
      </p>
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
