import type { CallMedia } from "@/lib/call/media/media";
import type { Someone } from "@/lib/call/people";
import { callWords } from "../messages/call-words";
import { headOf } from "./announcement";
import { Icon } from "./call-icon";
import { RemoteTile } from "./remote-tile";

/** One of several: picture or initial, name and role, and whether they talk. */
export function PersonTile(props: {
  person: Someone;
  media: CallMedia;
  pictures: boolean;
  here: () => void;
  pin: (() => void) | null;
  pinned: boolean;
}) {
  const { person, pin } = props;
  const name = headOf(person.name ?? callWords.somebody);
  const picture = props.pictures ? person.tileId : null;
  const away = person.seen !== "here";
  return (
    <li className={person.talking ? "tile person person--talk" : "tile person"}>
      {picture === null ? (
        <span className="person__initial" aria-hidden="true">
          {[...name][0]}
        </span>
      ) : (
        <RemoteTile media={props.media} tileId={picture} label={name} here={props.here} />
      )}
      <span className="tile__tag">
        {person.muted ? <Icon name="micOff" /> : null}
        <span>
          {name}
          {person.party ? <span className="person__role"> · {callWords.role(person.party)}</span> : null}
          {away ? <span className="person__role"> · {callWords.notConnected}</span> : null}
          {person.muted ? <span className="vh"> · {callWords.isMuted}</span> : null}
          {person.talking ? <span className="vh"> · {callWords.talks}</span> : null}
        </span>
      </span>
      {pin ? (
        <button type="button" className="person__pin" aria-pressed={props.pinned} onClick={pin}>
          <Icon name={props.pinned ? "tiles" : "pin"} />
          <span className="vh">{props.pinned ? callWords.unpin : callWords.pin(name)}</span>
        </button>
      ) : null}
    </li>
  );
}
