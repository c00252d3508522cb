import type { Inside } from "@/lib/call/call-state";
import { peopleInCall } from "@/lib/call/people";
import { callWords } from "../messages/call-words";
import { headOf, inSentence } from "./announcement";
import { Icon } from "./call-icon";
import { Panel } from "./panel";

/** Who is in the visit, for its host: each with a role, and a way out. Who waits stands below the picture, always. */
export function PeoplePanel(props: {
  state: Inside;
  remove: (seat: { seatId: string; name: string }) => void;
  letSpeak: (seatId: string, maySpeak: boolean) => void;
  close: () => void;
}) {
  const people = peopleInCall(props.state);
  return (
    <Panel
      title={callWords.peopleTitle(people.length + 1)}
      close={props.close}
      closeWord={callWords.closePanel}
    >
      <ul className="people">
        <li className="people__one">
          <span className="grow">
            <b>{callWords.you}</b>
          </span>
        </li>
        {people.map((one) => (
          <li className="people__one" key={one.who}>
            <span className="grow">
              <b>{headOf(one.name ?? callWords.somebody)}</b>
              <span className="small soft people__role">
                {one.party ? callWords.role(one.party) : ""}
                {one.maySpeak ? "" : ` · ${callWords.listens}`}
                {one.seen === "here" ? "" : ` · ${callWords.notConnected}`}
              </span>
            </span>
            {one.muted ? <Icon name="micOff" /> : null}
            <span className="people__acts">
              {one.seatId !== null && one.party === "student" ? (
                <button
                  type="button"
                  className={
                    props.state.deciding === one.seatId
                      ? "btn btn--quiet btn--snug is-busy"
                      : "btn btn--quiet btn--snug"
                  }
                  onClick={() => props.letSpeak(one.seatId ?? "", !one.maySpeak)}
                >
                  {one.maySpeak ? callWords.onlyListen : callWords.letSpeak}
                  <span className="vh"> {inSentence(one.name ?? callWords.somebody)}</span>
                </button>
              ) : null}
              {one.seatId === null ? null : (
                <button
                  type="button"
                  className="btn btn--quiet btn--snug"
                  onClick={() =>
                    props.remove({ seatId: one.seatId ?? "", name: one.name ?? callWords.somebody })
                  }
                >
                  {callWords.remove}
                  <span className="vh"> {inSentence(one.name ?? callWords.somebody)}</span>
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
