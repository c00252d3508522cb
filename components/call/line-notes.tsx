import { useState } from "react";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import { peopleInCall } from "@/lib/call/people";
import { lineWords } from "../messages/call-words";
import { headOf } from "./announcement";
import { Icon } from "./call-icon";
import { Note } from "./note";

/** What the line is too weak for, and what can be done about it: one note at a time, the gravest. */
export function LineNotes(props: {
  state: Inside;
  call: Call;
  cameraOn: boolean;
  turnCameraOff: () => void;
}) {
  const { state, call } = props;
  const [dismissed, setDismissed] = useState<string | null>(null);
  const { pictures, quality } = state;
  if (!pictures.shown) {
    const mended = pictures.why === "by-line" && (quality === "good" || quality === "fair");
    const words = mended
      ? lineWords.better
      : pictures.why === "by-line"
        ? lineWords.byLine
        : lineWords.byChoice;
    return (
      <Note icon={mended ? "tick" : "speaker"} title={words.title} say={words.say}>
        <button
          type="button"
          className={mended ? "btn btn--notice" : "btn btn--onstage"}
          onClick={() => call.setPictures(true)}
        >
          <Icon name="camera" />
          {lineWords.picturesBack}
        </button>
      </Note>
    );
  }
  const weak = peopleInCall(state).find((one) => one.quality === "weak" || one.quality === "bad");
  // Theirs explains what is lost here: first it is said whose line it is.
  if (!weak && (quality === "weak" || quality === "bad") && dismissed !== "me" && props.cameraOn)
    return (
      <Note icon="warn" title={lineWords.weak.title} say={lineWords.weak.say}>
        <button type="button" className="btn btn--notice" onClick={props.turnCameraOff}>
          <Icon name="cameraOff" />
          {lineWords.turnCameraOff}
        </button>
        <button type="button" className="btn btn--onstage" onClick={() => setDismissed("me")}>
          {lineWords.notNow}
        </button>
      </Note>
    );
  if (!weak?.name || dismissed === weak.who) return null;
  const words = lineWords.otherWeak(headOf(weak.name));
  return (
    <Note icon="warn" title={words.title} say={words.say}>
      <button type="button" className="btn btn--onstage" onClick={() => setDismissed(weak.who)}>
        {lineWords.notNow}
      </button>
    </Note>
  );
}
