import type { Inside } from "@/lib/call/call-state";
import { clockTime } from "@/lib/call/time-words";
import { waitingWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Icon } from "../ui/icon";

/** What is new in the wait, read out as it comes: how it stands before one's own visit, a delay, and what the clinician says. */
export function WaitingNews({ state, door }: { state: Inside; door: DoorFacts }) {
  const { live } = state;
  const late = live?.lateUntil;
  const told = live?.told;
  const place = live?.queue ? waitingWords.place(door.clinician, live.queue) : null;
  const at = (iso: string) => clockTime(new Date(iso), door.timeZone, door.language.tag);
  return (
    <div role="status" className="stack stack--tight">
      {place ? <p>{place}</p> : null}
      {late ? (
        <p className="banner banner--notice">
          <Icon name="clock" />
          <span>{waitingWords.late(door.clinician, at(late))}</span>
        </p>
      ) : null}
      {told ? (
        <p className="banner banner--good">
          <Icon name="note" />
          <span>
            <b>{waitingWords.says(at(told.at))}</b>{" "}
            <span dir="auto">{"preset" in told ? waitingWords.presets[told.preset] : told.text}</span>
          </span>
        </p>
      ) : null}
    </div>
  );
}
