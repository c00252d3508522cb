import type { Inside } from "@/lib/call/call-state";
import { timer } from "@/lib/call/time-words";
import { callWords } from "../messages/en-call";
import type { DoorFacts } from "../prejoin/door-facts";
import { Mark } from "../ui/icon";
import { useSeconds } from "./use-seconds";

const barsOf = { good: 4, weak: 2, none: 0 } as const;

export function CallHead(props: {
  state: Inside;
  door: DoorFacts;
  name: string;
  /** Somebody is on the other side whose proof we can name. */
  known: boolean;
  remove: (() => void) | null;
}) {
  const { state, door } = props;
  const now = useSeconds();
  const bars = barsOf[state.quality];
  return (
    <header className="head">
      <span className="head__who">
        {props.known ? <Mark /> : null}
        <span>
          <b>{callWords.headOf(props.name)}</b>
          {props.known ? (
            <span className="head__proof">
              {door.party === "patient" ? callWords.verifiedBy(door.clinicName) : callWords.openedLink}
            </span>
          ) : null}
        </span>
      </span>
      {props.remove ? (
        <button type="button" className="btn btn--onstage btn--snug" onClick={props.remove}>
          {callWords.remove}
          <span className="vh"> {props.name}</span>
        </button>
      ) : null}
      <span className="head__time">
        <time>{state.talkedSinceMs === null ? "" : timer(now - state.talkedSinceMs)}</time>
        <span className={`head__line head__line--${state.quality}`}>
          <span className="bars" aria-hidden="true">
            {["1", "2", "3", "4"].map((bar, index) => (
              <i key={bar} className={index < bars ? "on" : ""} />
            ))}
          </span>
          {callWords.quality[state.quality]}
        </span>
      </span>
    </header>
  );
}
