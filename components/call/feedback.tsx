import { useState } from "react";
import type { FeedbackDesk, Told } from "@/lib/call/feedback/feedback-desk";
import { type SurveyAnswer, surveyAnswers, type TroubleKind, troubleKinds } from "@/lib/kernel/measured";
import { afterWords } from "../messages/call-words";
import { OneOf } from "./one-of";

/** One question to a patient who was in. */
export function Survey({ desk }: { desk: FeedbackDesk }) {
  const words = afterWords.survey;
  return (
    <section className="card">
      <Asked
        words={words}
        choices={surveyAnswers.map((name) => ({ name, word: words.answers[name] }))}
        send={(answer: SurveyAnswer) => desk.answer(answer)}
        done={desk.answered()}
      />
    </section>
  );
}

/** For whoever had trouble with sound or picture. What goes along is said before it is sent. */
export function TroubleReport({ desk }: { desk: FeedbackDesk }) {
  const words = afterWords.trouble;
  return (
    <details className="card more">
      <summary>{words.open}</summary>
      <Asked
        words={words}
        choices={troubleKinds.map((name) => ({ name, word: words.kinds[name] }))}
        send={(what: TroubleKind) => desk.report(what)}
        done={false}
      />
    </details>
  );
}

function Asked<Name extends string>(props: {
  words: Record<"question" | "send" | "sending" | "hint" | "thanks" | "closed" | "failed" | "choose", string>;
  choices: readonly { name: Name; word: string }[];
  send: (name: Name) => Promise<Told>;
  /** Said before this was drawn. */
  done: boolean;
}) {
  const { words } = props;
  const [chosen, setChosen] = useState<Name | null>(null);
  const [told, setTold] = useState<Told | "unsent" | "sending" | "unchosen">(props.done ? "done" : "unsent");
  async function send() {
    if (told === "sending") return;
    if (chosen === null) return setTold("unchosen");
    setTold("sending");
    setTold(await props.send(chosen));
  }
  if (told === "done" || told === "closed")
    return <p role="status">{told === "done" ? words.thanks : words.closed}</p>;
  return (
    <div className="stack">
      <OneOf question={words.question} choices={props.choices} chosen={chosen} choose={setChosen} />
      {told === "failed" || (told === "unchosen" && chosen === null) ? (
        <p className="field__error" role="alert">
          {told === "failed" ? words.failed : words.choose}
        </p>
      ) : null}
      <button
        type="button"
        className={told === "sending" ? "btn btn--wide is-busy" : "btn btn--wide"}
        onClick={() => void send()}
      >
        {told === "sending" ? words.sending : words.send}
      </button>
      <p className="small hint centred">{words.hint}</p>
    </div>
  );
}
