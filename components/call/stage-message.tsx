import type { Inside } from "@/lib/call/call-state";
import type { Other } from "@/lib/call/other-party";
import { isFrozen } from "@/lib/call/settle";
import { phoneWords, shortTimer } from "@/lib/call/time-words";
import { callWords, lineWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { Icon } from "../ui/icon";
import { useSeconds } from "./use-seconds";

/** After this long away, going on by telephone is offered. */
const longAwayMs = 60_000;

/** What stands where the other's picture would be. Nothing while there is a picture: a face is never covered. */
export function StageMessage(props: {
  state: Inside;
  door: DoorFacts;
  other: Other;
  name: string;
  /** One other person at most: with more, each tile says for itself. */
  alone: boolean;
}) {
  const { state, door, other, name } = props;
  const now = useSeconds();
  if (state.phase === "reconnecting") return <GettingBack state={state} door={door} />;
  if (state.phase === "connecting") return <Message title={callWords.joining} say={callWords.joiningSay} />;
  if (!props.alone) return null;
  if (other.state === "here" && !state.pictures.shown) return <Message {...lineWords.noPictures} />;
  if (state.tiles.length > 0 && other.state === "here") return null;
  // Back, and the picture takes a moment longer than the sound: the last one stays, without a word.
  if (other.state === "here" && isFrozen(state, now)) return null;
  switch (other.state) {
    case "here":
      return <Message {...callWords.othersCameraOff(name)} />;
    case "coming-back":
      return <Message {...callWords.comingBack(name)} />;
    case "left":
      return <Message {...callWords.left(name)} />;
    case "waiting":
      return <Message title={callWords.isWaiting(callWords.headOf(name))} say={callWords.letIn} />;
    case "absent":
      return (
        <Message
          {...(door.party === "clinician" ? callWords.aloneClinician : callWords.alonePatient(name))}
        />
      );
  }
}

function Message({ title, say }: { title: string; say: string }) {
  return (
    <div className="stage__say">
      <h2>{title}</h2>
      <p>{say}</p>
    </div>
  );
}

function GettingBack({ state, door }: { state: Inside; door: DoorFacts }) {
  const awayMs = useSeconds() - state.sinceMs;
  return (
    <div className="stage__say">
      <div className="spin" aria-hidden="true">
        <Icon name="again" />
      </div>
      <h2>{callWords.back}</h2>
      <p>{callWords.backSay}</p>
      <p className="small stage__hint">
        {callWords.backFor} <time>{shortTimer(awayMs)}</time>
      </p>
      {awayMs > longAwayMs ? (
        <a className="btn btn--onstage" href={`tel:${door.clinicPhone}`}>
          <Icon name="phone" />
          {callWords.backLong(phoneWords(door.clinicPhone))}
        </a>
      ) : null}
    </div>
  );
}
