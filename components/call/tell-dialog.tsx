import { useId, useState } from "react";
import { type WaitingWords, waitingPresets, waitingTextMax } from "@/lib/kernel/waiting-presets";
import { callWords, waitingWords } from "../messages/call-words";
import { Field } from "../ui/field";
import { Dialog } from "./dialog";

/** The clinician writes to the patient who waits: one press for a ready sentence, or words of their own. */
export function TellDialog({
  say,
  close,
}: {
  say: (words: WaitingWords) => Promise<boolean>;
  close: () => void;
}) {
  const words = waitingWords.tell;
  const id = useId();
  const [text, setText] = useState("");
  const [state, setState] = useState<"writing" | "sending" | "failed">("writing");
  async function send(message: WaitingWords) {
    if (state === "sending") return;
    setState("sending");
    if (await say(message)) close();
    else setState("failed");
  }
  return (
    <Dialog title={words.title} close={close}>
      <p className="soft">{words.say}</p>
      <div className="stack stack--tight">
        {waitingPresets.map((preset) => (
          <button
            key={preset}
            type="button"
            className="btn btn--quiet btn--row"
            onClick={() => void send({ preset })}
          >
            {waitingWords.presets[preset]}
          </button>
        ))}
      </div>
      <form
        className="stack stack--tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") void send({ text: text.trim() });
        }}
      >
        <Field
          id={id}
          label={words.own}
          hint={words.ownHint}
          error={state === "failed" ? words.failed : undefined}
          wrong={false}
          alert
        >
          {(tied) => (
            <input
              {...tied}
              className="input"
              value={text}
              maxLength={waitingTextMax}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <div className="dialog__choices">
          <button type="button" className="btn btn--quiet" onClick={close}>
            {callWords.close}
          </button>
          <button type="submit" className={state === "sending" ? "btn is-busy" : "btn"}>
            {state === "sending" ? words.sending : words.send}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
