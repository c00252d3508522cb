import type { Inside } from "@/lib/call/call-state";
import { timer } from "@/lib/call/time-words";
import { callWords, lineWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Mark } from "../ui/icon";
import { headOf } from "./announcement";
import { Bars } from "./bars";
import { useSeconds } from "./use-seconds";

export function CallHead(props: {
  state: Inside;
  door: DoorFacts;
  name: string;
  /** Somebody is on the other side whose proof we can name. */
  known: boolean;
  remove: (() => void) | null;
  showLine: () => void;
}) {
  const { state, door } = props;
  const now = useSeconds();
  return (
    <header className="head">
      <span className="head__who">
        {props.known ? <Mark /> : null}
        <span>
          <b>{headOf(props.name)}</b>
          {props.known ? (
            <span className="head__proof">
              {door.party === "clinician" ? callWords.openedLink : callWords.verifiedBy(door.clinicName)}
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
        <button
          type="button"
          className={`head__line head__line--${state.quality}`}
          aria-label={lineWords.button(state.quality)}
          onClick={props.showLine}
        >
          <Bars quality={state.quality} />
          {lineWords.quality(state.quality)}
        </button>
      </span>
    </header>
  );
}
