import { useState } from "react";
import type { Call } from "@/lib/call/call";
import { type CallPerson, isPrincipal } from "@/lib/call/call-facts";
import type { Inside } from "@/lib/call/call-state";
import { minutesWaiting } from "@/lib/call/waiting";
import { callWords, waitingWords } from "../messages/call-words";
import { Icon } from "../ui/icon";
import { headOf, inSentence } from "./announcement";
import { Ask } from "./dialog";
import { TellDialog } from "./tell-dialog";
import { useKnock } from "./use-knock";
import { useSeconds } from "./use-seconds";

/** Who waits to be let in, for the clinician: one at a time, each with a name and a time. */
export function WaitingPeople(props: { state: Inside; people: readonly CallPerson[]; call: Call }) {
  const { state, people, call } = props;
  const [sending, setSending] = useState<{ seatId: string; name: string } | null>(null);
  const [telling, setTelling] = useState(false);
  const now = useSeconds();
  const knock = useKnock(people.length);
  if (people.length === 0) return null;
  return (
    <section className="note note--people" aria-label={waitingWords.notification.title}>
      <ul className="stack">
        {people.map(({ seatId, name, party, waitingSince }) => {
          if (seatId === null) return null;
          const minutes = waitingSince ? minutesWaiting(waitingSince, now, state.aheadMs) : 0;
          const busy = state.deciding === seatId;
          return (
            <li className="note__row" key={seatId}>
              <Icon name="clock" large />
              <p className="grow">
                <b>{waitingWords.isWaiting(headOf(name))}</b>{" "}
                {isPrincipal(party) ? null : <span>{callWords.role(party)} · </span>}
                <span className="num">
                  {minutes === 0 ? waitingWords.justCame : waitingWords.forMinutes(minutes)}
                </span>
              </p>
              <span className="note__acts">
                {party === "patient" ? (
                  <button
                    type="button"
                    className="btn btn--onstage"
                    aria-label={waitingWords.tell.title}
                    onClick={() => setTelling(true)}
                  >
                    {waitingWords.tell.open}
                  </button>
                ) : null}
                <button
                  type="button"
                  className="btn btn--onstage"
                  onClick={() => setSending({ seatId, name })}
                >
                  {waitingWords.sendAway}
                  <span className="vh">{waitingWords.sendAwayPerson(inSentence(name))}</span>
                </button>
                <button
                  type="button"
                  className={busy ? "btn btn--notice is-busy" : "btn btn--notice"}
                  onClick={() => call.admit(seatId)}
                >
                  <Icon name="door" />
                  {busy ? waitingWords.admitting : waitingWords.admit}
                  {people.length > 1 ? (
                    <span className="vh">{waitingWords.sendAwayPerson(inSentence(name))}</span>
                  ) : null}
                </button>
              </span>
            </li>
          );
        })}
      </ul>
      {state.trouble === "admit" || state.trouble === "remove" ? (
        <p className="note__trouble" role="alert">
          {waitingWords.trouble[state.trouble]}
        </p>
      ) : null}
      <div className="note__choices">
        <button type="button" className="switch" role="switch" aria-checked={knock.on} onClick={knock.toggle}>
          <i aria-hidden="true" />
          {waitingWords.knockOn}
        </button>
        {knock.mayAsk ? (
          <button type="button" className="btn btn--ghost btn--snug" onClick={knock.ask}>
            {waitingWords.notify}
          </button>
        ) : null}
        {knock.refused ? <span className="small">{waitingWords.notifyRefused}</span> : null}
      </div>
      {telling ? <TellDialog say={call.say} close={() => setTelling(false)} /> : null}
      {sending ? (
        <Ask
          question={waitingWords.askSendAway(inSentence(sending.name))}
          verb={waitingWords.sendAway}
          stay={waitingWords.stay}
          no={() => setSending(null)}
          yes={() => {
            call.remove(sending.seatId);
            setSending(null);
          }}
        />
      ) : null}
    </section>
  );
}
