import { useState } from "react";
import type { CallState } from "@/lib/call/call-state";
import type { FeedbackDesk } from "@/lib/call/feedback/feedback-desk";
import { clockTime, minutesOf, phoneWords } from "@/lib/call/time-words";
import { afterWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Halves } from "../ui/halves";
import { Icon, Mark } from "../ui/icon";
import { PageTop } from "../ui/page-top";
import { CallMe } from "./call-me";
import { Survey, TroubleReport } from "./feedback";

type Ended = Extract<CallState, { phase: "ended" }>;

export function AfterCall(props: {
  state: Ended;
  door: DoorFacts;
  /** Null: this page never had a seat, so there is nothing to tell. */
  feedback: FeedbackDesk | null;
  /** Null: this page holds no call any more. */
  call: { goBack: () => Promise<void>; endAgain: () => void } | null;
}) {
  const { state, door, feedback, call } = props;
  const [going, setGoing] = useState(false);
  const { reason } = state;
  const over = reason === "over";
  // A visit that was held needs no call in its place.
  const failed = state.seatId !== null && !(over && state.talked);
  const mayReturn = reason === "left" || reason === "failed" || reason === "elsewhere";
  const say = reason === "over" || reason === "link" ? null : afterWords.say[reason];
  return (
    <main className="page">
      <PageTop />
      <div className="stack">
        {over ? (
          <span className="big-mark">
            <Mark />
          </span>
        ) : (
          <Halves state="apart" />
        )}
        <h1>{afterWords.title(reason)}</h1>
        {state.talked && door.party === "patient" ? <Talked talked={state.talked} door={door} /> : null}
        {say ? <p className="soft">{say}</p> : null}
        {state.endNotTold && call ? (
          <div className="banner banner--danger" role="alert">
            <Icon name="warn" />
            <div className="stack stack--tight">
              <p>{afterWords.endNotTold}</p>
              <button type="button" className="btn btn--danger" onClick={call.endAgain}>
                {afterWords.endAgain}
              </button>
            </div>
          </div>
        ) : null}
        {over && !state.endNotTold ? (
          <p className="banner">
            <Icon name="lock" />
            <span>{afterWords.linkDone}</span>
          </p>
        ) : null}
        {mayReturn && call ? (
          <button
            type="button"
            className={going ? "btn btn--big is-busy" : "btn btn--big"}
            onClick={() => {
              setGoing(true);
              void call.goBack();
            }}
          >
            <Icon name="door" />
            {afterWords.goBack}
          </button>
        ) : null}
      </div>
      <section className="card stack">
        <h2>{afterWords.next}</h2>
        <ul className="stack stack--tight">
          {over && door.party === "patient" ? (
            <li className="row row--top">
              <Icon name="note" />
              <span>{afterWords.notes(door.clinician)}</span>
            </li>
          ) : null}
          {over && door.party === "patient" ? (
            <li className="row row--top">
              <Icon name="clock" />
              <span>{afterWords.followUp}</span>
            </li>
          ) : null}
          <li className="row row--top">
            <Icon name="phone" />
            <span>
              {afterWords.questions} <a href={`tel:${door.clinicPhone}`}>{phoneWords(door.clinicPhone)}</a>
            </span>
          </li>
        </ul>
      </section>
      {feedback && state.talked && door.party === "patient" ? <Survey desk={feedback} /> : null}
      {feedback && failed && door.party === "patient" ? (
        <CallMe desk={feedback} clinicPhone={door.clinicPhone} askedAt={null} />
      ) : null}
      {feedback ? <TroubleReport desk={feedback} /> : null}
    </main>
  );
}

function Talked({ talked, door }: { talked: { fromMs: number; toMs: number }; door: DoorFacts }) {
  const clock = (ms: number) => clockTime(new Date(ms), door.timeZone, door.language.tag);
  return (
    <p className="soft">
      {afterWords.talked({
        name: door.clinician,
        minutes: minutesOf(talked.toMs - talked.fromMs),
        from: clock(talked.fromMs),
        to: clock(talked.toMs),
      })}
    </p>
  );
}
