import { useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import { Icon } from "../ui/icon";
import type { AudioRoom } from "./open-audio-room";
import type { RoomWords } from "./room-facts";

type Asking = "remove" | "end" | null;

/** What the host alone may do: let in, take out, lock, end. What cannot be taken back is asked first. */
export function HostControls(props: {
  words: RoomWords["call"];
  state: Inside;
  audioRoom: AudioRoom;
  locked: boolean;
}) {
  const { words, state, audioRoom, locked } = props;
  const { call } = audioRoom;
  const [asking, setAsking] = useState<Asking>(null);
  const [lockFailed, setLockFailed] = useState(false);
  const guest = state.live?.parties.find(({ party }) => party === "guest");
  const seatId = guest?.seatId ?? null;
  const waits = guest?.state === "waiting";
  const inside = guest?.state === "in-call";
  const sure = () => {
    if (asking === "remove" && seatId) call.remove(seatId);
    if (asking === "end") call.endForAll();
    setAsking(null);
  };
  return (
    <section className="card stack" aria-label={words.host}>
      {waits && seatId ? (
        <div className="banner banner--notice" role="alert">
          <Icon name="door" />
          <p className="grow">
            <b>{words.guestWaits}</b>
          </p>
          <button
            type="button"
            className={state.deciding === seatId ? "btn btn--notice is-busy" : "btn btn--notice"}
            onClick={() => call.admit(seatId)}
          >
            {state.deciding === seatId ? words.admitting : words.admit}
          </button>
        </div>
      ) : null}
      {state.trouble || lockFailed ? (
        <p className="field__error" role="alert">
          {words.failed}
        </p>
      ) : null}
      {asking ? (
        <div
          className="stack stack--tight"
          role="alertdialog"
          aria-label={words[asking === "end" ? "askEnd" : "askRemove"]}
        >
          <b>{words[asking === "end" ? "askEnd" : "askRemove"]}</b>
          <p className="soft">{words[asking === "end" ? "askEndSay" : "askRemoveSay"]}</p>
          <div className="row row--wrap">
            {/* biome-ignore lint/a11y/noAutofocus: the question is the answer to a press, and the safe way out comes first */}
            <button type="button" className="btn btn--quiet" autoFocus onClick={() => setAsking(null)}>
              {words.stay}
            </button>
            <button type="button" className="btn btn--danger" onClick={sure}>
              {asking === "end" ? words.end : words.remove}
            </button>
          </div>
        </div>
      ) : (
        <div className="row row--wrap">
          {inside || waits ? (
            <button type="button" className="btn btn--quiet" onClick={() => setAsking("remove")}>
              {words.remove}
            </button>
          ) : null}
          <button
            type="button"
            className="btn btn--quiet"
            aria-pressed={locked}
            onClick={async () => setLockFailed(!(await audioRoom.setLocked(!locked)))}
          >
            <Icon name="lock" />
            {locked ? words.unlock : words.lock}
          </button>
          <button type="button" className="btn btn--quiet" onClick={() => setAsking("end")}>
            {words.end}
          </button>
        </div>
      )}
    </section>
  );
}
