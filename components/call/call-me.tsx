import { useId, useState } from "react";
import type { FeedbackDesk } from "@/lib/call/feedback/feedback-desk";
import { phoneWords } from "@/lib/call/time-words";
import { callMeWords, callWords } from "../messages/call-words";
import { Field } from "../ui/field";
import { Icon } from "../ui/icon";
import { Dialog } from "./dialog";

/** A wish to be called on the telephone. It is read by people: nothing here promises that a phone rings by itself. */
export function CallMeDialog(props: { desk: FeedbackDesk; clinicPhone: string; close: () => void }) {
  const words = callMeWords;
  const id = useId();
  const [number, setNumber] = useState("");
  const [told, setTold] = useState<"asking" | "sending" | "done" | "closed" | "number" | "failed">("asking");
  async function send() {
    if (told === "sending") return;
    setTold("sending");
    setTold(await props.desk.callMe(number.trim()));
  }
  const call = (
    <p className="small soft">
      {words.orCall} <a href={`tel:${props.clinicPhone}`}>{phoneWords(props.clinicPhone)}</a>
    </p>
  );
  if (told === "done" || told === "closed")
    return (
      <Dialog title={told === "done" ? words.doneTitle : words.closedTitle} close={props.close}>
        <p role="status">{told === "done" ? words.doneSay : words.closedSay}</p>
        {call}
        <button type="button" className="btn btn--wide" onClick={props.close}>
          {callWords.close}
        </button>
      </Dialog>
    );
  return (
    <Dialog title={words.title} close={props.close}>
      <p className="soft">{words.say}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <Field
          id={id}
          label={words.number}
          hint={words.numberHint}
          error={told === "number" ? words.numberWrong : told === "failed" ? words.failed : undefined}
          wrong={told === "number"}
          alert
        >
          {(tied) => (
            <input
              {...tied}
              className="input num"
              type="tel"
              dir="ltr"
              autoComplete="tel"
              maxLength={30}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
        <div className="dialog__choices">
          <button type="button" className="btn btn--quiet" onClick={props.close}>
            {words.notNow}
          </button>
          <button type="submit" className={told === "sending" ? "btn is-busy" : "btn"}>
            {told === "sending" ? words.sending : words.send}
          </button>
        </div>
      </form>
      {call}
    </Dialog>
  );
}

/** The press that opens it, and what has come of it. @param props.askedAt when this patient asked, in words; null: not (any more). */
export function CallMe(props: { desk: FeedbackDesk | null; clinicPhone: string; askedAt: string | null }) {
  const [open, setOpen] = useState(false);
  const { desk } = props;
  if (!desk) return null;
  return (
    <div className="stack stack--tight">
      <p role="status" className="centred">
        {props.askedAt ? callMeWords.asked(props.askedAt) : null}
      </p>
      <button type="button" className="btn btn--quiet btn--wide" onClick={() => setOpen(true)}>
        <Icon name="phone" />
        {callMeWords.open}
      </button>
      {open ? (
        <CallMeDialog desk={desk} clinicPhone={props.clinicPhone} close={() => setOpen(false)} />
      ) : null}
    </div>
  );
}
