import { useEffect, useId, useState, useSyncExternalStore } from "react";
import type { Notes } from "@/lib/call/notes/notes";
import type { Reason } from "@/lib/call/notes/notes-desk";
import { clockTime } from "@/lib/call/time-words";
import { notesWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Panel } from "./panel";

/** The record beside the picture, for the clinician who is signed in; the link alone opens none of it. */
export function NotesPanel(props: {
  notes: Notes;
  reason: () => Promise<Reason>;
  door: DoorFacts;
  close: () => void;
}) {
  const { notes } = props;
  const state = useSyncExternalStore(notes.subscribe, notes.state, notes.state);
  const id = useId();
  useEffect(() => {
    void notes.open();
    addEventListener("pagehide", notes.keepNow);
    return () => {
      removeEventListener("pagehide", notes.keepNow);
      notes.keepNow();
    };
  }, [notes]);
  return (
    <Panel title={notesWords.title} close={props.close} closeWord={notesWords.close}>
      {state.phase === "open" ? (
        <>
          <WhyTheyCome reason={props.reason} />
          <div className="field notes-field">
            <label htmlFor={id}>{notesWords.label}</label>
            <textarea
              className="input"
              id={id}
              aria-describedby={`${id}-hint`}
              value={state.text}
              maxLength={20_000}
              onChange={(event) => notes.write(event.target.value)}
            />
            <p className="hint" id={`${id}-hint`}>
              {notesWords.hint}
            </p>
            <p
              className={
                state.kept === "failed" || state.kept === "signed-out" ? "field__error" : "small soft"
              }
              role="status"
            >
              {state.kept === "saved" && state.savedAt
                ? notesWords.kept.savedAt(
                    clockTime(new Date(state.savedAt), props.door.timeZone, props.door.language.tag),
                  )
                : notesWords.kept[state.kept]}
            </p>
            {state.kept === "signed-out" ? <SignIn /> : null}
          </div>
        </>
      ) : (
        <div className="stack">
          <p>{state.phase === "closed" ? notesWords.loading : wordsOf(state.phase)}</p>
          {state.phase === "sign-in" ? <SignIn /> : null}
          {state.phase === "sign-in" || state.phase === "failed" ? (
            <button type="button" className="btn" onClick={() => void notes.open()}>
              {state.phase === "sign-in" ? notesWords.signedIn : notesWords.tryAgain}
            </button>
          ) : null}
        </div>
      )}
    </Panel>
  );
}

function SignIn() {
  return (
    <a className="btn btn--quiet" href="/sign-in" target="_blank" rel="noopener">
      {notesWords.signInLink}
    </a>
  );
}

function wordsOf(phase: "loading" | "sign-in" | "forbidden" | "failed"): string {
  switch (phase) {
    case "loading":
      return notesWords.loading;
    case "sign-in":
      return notesWords.signIn;
    case "forbidden":
      return notesWords.forbidden;
    case "failed":
      return notesWords.failed;
  }
}

/** The button that was pressed is gone: the keyboard goes on where its answer stands, and a screen reader reads it. */
const goTo = (place: HTMLElement | null) => place?.focus();

/** Veiled until it is asked for. */
function WhyTheyCome({ reason }: { reason: () => Promise<Reason> }) {
  const [read, setRead] = useState<Reason | null>(null);
  const title = useId();
  return (
    <section className="stack stack--tight" aria-labelledby={title}>
      <h3 id={title}>{notesWords.reason}</h3>
      {read === null ? (
        <>
          <button type="button" className="btn btn--quiet" onClick={() => void reason().then(setRead)}>
            {notesWords.showReason}
          </button>
          <p className="small hint">{notesWords.showReasonHint}</p>
        </>
      ) : (
        <p ref={goTo} tabIndex={-1}>
          {read.status < 400 ? (read.text ?? notesWords.noReason) : notesWords.reasonFailed}
        </p>
      )}
    </section>
  );
}
