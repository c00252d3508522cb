import { useEffect, useRef, useState } from "react";
import type { Call, RecordingAct } from "@/lib/call/call";
import type { LiveRecording } from "@/lib/recordings/live-recording";
import { captionWords, recordingWords } from "../messages/call-words";
import { Note } from "./note";

type Props = { recording: LiveRecording | null; record: Call["record"] };

/** Whether this visit is recorded: asked of everybody, shown for as long as it lasts, and ended by anybody. */
export function RecordingNote({ recording, record }: Props) {
  const say = recordingWords;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  /** The one that this page saw before it was over: of an earlier one nothing need be said. */
  const [seen, setSeen] = useState<string | null>(null);
  const { recordingId = "", state = null, withPicture = false } = recording ?? {};
  useEffect(() => {
    if (state === "asked" || state === "recording") setSeen(recordingId);
  }, [state, recordingId]);
  const act = async (what: RecordingAct) => {
    if (busy) return;
    setBusy(true);
    setFailed(!(await record(what)));
    setBusy(false);
  };
  const stop = () => void act({ act: "stop" });
  const over =
    state === "over" && recording?.reason && seen === recordingId ? say.over[recording.reason] : "";
  const isAsked = state === "asked" && recording && !recording.answered;
  const waits = state === "asked" && recording?.answered;
  const on = withPicture ? say.onPicture : say.on;
  const now = state === "recording" ? on : waits ? say.asking : over;
  return (
    <>
      <p className="vh" role="status">
        {now}
      </p>
      {failed ? (
        <p className="note" role="alert">
          {say.failed}
        </p>
      ) : null}
      {isAsked ? (
        <Question
          recording={recording}
          busy={busy}
          answer={(agreed) => void act({ act: agreed ? "agree" : "refuse", recordingId })}
        />
      ) : null}
      {state === "recording" || waits ? (
        <Note icon="record" say={now}>
          <button type="button" className="btn btn--onstage" disabled={busy} onClick={stop}>
            {state === "recording" ? say.stop : say.takeBack}
          </button>
        </Note>
      ) : null}
      {over ? (
        <Note icon="record" say={over}>
          <button type="button" className="btn btn--notice" onClick={() => setSeen(null)}>
            {captionWords.known}
          </button>
        </Note>
      ) : null}
    </>
  );
}

function Question(props: { recording: LiveRecording; busy: boolean; answer: (agreed: boolean) => void }) {
  const { busy, answer } = props;
  const { keptDays, withPicture } = props.recording;
  const say = recordingWords;
  const box = useRef<HTMLElement>(null);
  // It came by itself: whoever can't see it is led to it, and nothing is pressed by a key meant for something else.
  useEffect(() => box.current?.focus(), []);
  return (
    <section
      ref={box}
      className="note"
      role="alertdialog"
      aria-labelledby="record-title"
      aria-describedby="record-say"
      tabIndex={-1}
    >
      <p className="grow">
        <b id="record-title">{say.askedTitle}</b>{" "}
        <span id="record-say">{say.askedSay(keptDays, withPicture)}</span>
      </p>
      <span className="note__choices">
        <button type="button" className="btn btn--onstage" disabled={busy} onClick={() => answer(false)}>
          {say.refuse}
        </button>
        <button type="button" className="btn btn--notice" disabled={busy} onClick={() => answer(true)}>
          {say.agree}
        </button>
      </span>
    </section>
  );
}
