import { useEffect, useRef, useState } from "react";
import type { LiveRecording } from "@/lib/recordings/live-recording";
import type { AudioRoom } from "./open-audio-room";
import type { RoomWords } from "./room-facts";

type RecordingAct = Parameters<AudioRoom["record"]>[0];
type Props = {
  recording: LiveRecording | null;
  /** The reader may ask for one, now. */
  mayAsk: boolean;
  words: RoomWords;
  act: AudioRoom["record"];
};

/** Whether this call is recorded: asked, agreed to, shown for as long as it lasts, and ended by anybody. */
export function Recording({ recording, mayAsk, words, act }: Props) {
  const say = words.consent;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const doIt = async (what: RecordingAct) => {
    if (busy) return;
    setBusy(true);
    setFailed(!(await act(what)));
    setBusy(false);
  };
  const state = recording?.state ?? null;
  const isAsked = state === "asked" && recording && !recording.answered;
  return (
    <>
      <div role="status" className="stack stack--tight">
        {state === "recording" ? (
          <p className="banner recording">
            <span className="recording__dot" aria-hidden="true" />
            <b className="grow">{say.on}</b>
            <button type="button" className="btn btn--quiet" onClick={() => void doIt("stop")}>
              {say.stop}
            </button>
          </p>
        ) : null}
        {state === "asked" && recording?.answered ? (
          <p className="banner">
            <span className="grow">{say.asking}</span>
            <button type="button" className="btn btn--quiet" onClick={() => void doIt("stop")}>
              {say.takeBack}
            </button>
          </p>
        ) : null}
        {state === "over" && recording?.reason ? (
          <p className="soft centred">{say.over[recording.reason]}</p>
        ) : null}
      </div>
      {failed ? (
        <p className="field__error" role="alert">
          {words.call.failed}
        </p>
      ) : null}
      {isAsked ? <Question {...{ recording, words, busy }} answer={(what) => void doIt(what)} /> : null}
      {mayAsk && (state === null || state === "over") ? (
        <div className="card row row--wrap">
          <p className="grow soft">{say.askSay}</p>
          <button
            type="button"
            className={busy ? "btn btn--quiet is-busy" : "btn btn--quiet"}
            onClick={() => void doIt("ask")}
          >
            {say.ask}
          </button>
        </div>
      ) : null}
    </>
  );
}

function Question(props: {
  recording: LiveRecording;
  words: RoomWords;
  busy: boolean;
  answer: (what: "agree" | "refuse") => void;
}) {
  const { recording, busy, answer } = props;
  const say = props.words.consent;
  const box = useRef<HTMLElement>(null);
  // It came by itself: whoever can't see it is led to it, and nothing is pressed by a key meant for something else.
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      className="card stack recording-question"
      role="alertdialog"
      aria-labelledby="record-title"
      aria-describedby="record-say"
      tabIndex={-1}
    >
      <h2 id="record-title">{say.askedTitle}</h2>
      <p id="record-say">{say.askedSay.replace("{days}", String(recording.keptDays))}</p>
      <div className="row row--wrap">
        <button
          type="button"
          className="btn btn--quiet grow"
          disabled={busy}
          onClick={() => answer("refuse")}
        >
          {say.refuse}
        </button>
        <button type="button" className="btn grow" disabled={busy} onClick={() => answer("agree")}>
          {say.agree}
        </button>
      </div>
    </section>
  );
}
