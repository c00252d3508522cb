import type { CallState } from "@/lib/call/call-state";
import { phoneWords } from "@/lib/call/time-words";
import { callWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Halves } from "../ui/halves";
import { PageTop } from "../ui/page-top";
import { useSeconds } from "./use-seconds";

/** Usually a blink. When the cloud is busy: says so, when it tries again, and how to stop. */
export function Joining(props: { state: CallState; door: DoorFacts; cancel: () => void }) {
  const { state } = props;
  const now = useSeconds();
  const busy = state.phase === "joining" && state.tries > 0 ? state : null;
  const waits = busy?.retryAtMs ? Math.max(0, Math.ceil((busy.retryAtMs - now) / 1_000)) : 0;
  return (
    <main className="page page--tall page--centred">
      <PageTop />
      <Halves state="drifting" />
      <h1>{busy ? callWords.busy : callWords.joining}</h1>
      <p className="soft">{busy ? callWords.busySay : callWords.joiningSay}</p>
      {busy ? (
        <>
          <p className="chip chip--wait chip--large num">{callWords.busyNext(waits, busy.tries)}</p>
          <p className="small soft">
            {callWords.callClinicAt}{" "}
            <a href={`tel:${props.door.clinicPhone}`}>{phoneWords(props.door.clinicPhone)}</a>
          </p>
          <button type="button" className="btn btn--ghost" onClick={props.cancel}>
            {callWords.cancel}
          </button>
        </>
      ) : null}
    </main>
  );
}
