import { useEffect } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { Person } from "@/lib/call/other-party";
import { playTune } from "@/lib/call/sounds";
import { clockTime } from "@/lib/call/time-words";
import { callWords } from "../messages/en-call";
import type { DoorFacts } from "../prejoin/door-facts";
import { Icon } from "../ui/icon";

const knockEveryMs = 30_000;

/** Who waits to be let in, for the clinician. One low note each half minute until they are. */
export function WaitingPeople(props: {
  state: Inside;
  door: DoorFacts;
  people: readonly Person[];
  admit: (seatId: string) => void;
}) {
  const { state, people } = props;
  const somebody = people.length > 0;
  useEffect(() => {
    if (!somebody) return;
    const timer = setInterval(() => void playTune("knock"), knockEveryMs);
    return () => clearInterval(timer);
  }, [somebody]);
  return people.map(({ seatId, name, waitingSince }) =>
    seatId === null ? null : (
      <div className="note" key={seatId}>
        <Icon name="clock" large />
        <p className="grow">
          <b>{callWords.isWaiting(name)}</b>
          {waitingSince
            ? ` ${callWords.since} ${clockTime(new Date(waitingSince), props.door.timeZone)}`
            : ""}
          {state.trouble === "admit" ? (
            <span className="note__trouble">{callWords.trouble.admit}</span>
          ) : null}
        </p>
        <button
          type="button"
          className={state.deciding === seatId ? "btn btn--notice is-busy" : "btn btn--notice"}
          onClick={() => props.admit(seatId)}
        >
          <Icon name="door" />
          {state.deciding === seatId ? callWords.admitting : callWords.admit}
        </button>
      </div>
    ),
  );
}
