import type { RefObject } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { Device } from "@/lib/call/local-media-state";
import type { CallMedia } from "@/lib/call/media/media";
import type { Someone } from "@/lib/call/people";
import { isFrozen } from "@/lib/call/settle";
import type { Plan, View } from "@/lib/call/stage-plan";
import { callWords } from "../messages/call-words";
import { OwnPicture } from "../ui/own-picture";
import { headOf } from "./announcement";
import { Icon } from "./call-icon";
import { LastPicture } from "./last-picture";
import { PersonTile } from "./person-tile";
import { RemoteTile } from "./remote-tile";
import { useSeconds } from "./use-seconds";

type Props = {
  plan: Plan;
  state: Inside;
  media: CallMedia;
  camera: Device;
  name: string;
  stage: RefObject<HTMLElement | null>;
  view: View;
  setView: (view: View) => void;
  pictureHere: () => void;
};

/** The pictures of the others. With one other person theirs fills it; a shared screen, or whoever is pinned, is large. */
export function Pictures(props: Props) {
  const { plan, state, media } = props;
  const away = state.phase !== "live";
  if (plan.kind === "one") return <OnePicture {...props} person={plan.person} away={away} />;
  const strip = plan.kind === "tiles" ? plan.people : plan.strip;
  const tile = (person: Someone, pinned = false) => (
    <PersonTile
      key={person.who}
      person={person}
      media={media}
      pictures={state.pictures.shown && !away}
      here={props.pictureHere}
      pin={
        plan.kind === "screen"
          ? null
          : () => props.setView(pinned ? { kind: "tiled" } : { kind: "pinned", who: person.who })
      }
      pinned={pinned}
    />
  );
  const own = <OwnTile {...props} />;
  if (plan.kind === "tiles")
    return (
      <ul className={`people-grid people-grid--${Math.min(6, strip.length + 1)}`}>
        {strip.map((person) => tile(person))}
        {own}
      </ul>
    );
  return (
    <div className="people-large">
      {plan.kind === "screen" ? (
        <div className="tile screen">
          <RemoteTile
            media={media}
            tileId={plan.tileId}
            label={callWords.screenOf(headOf(plan.owner?.name ?? callWords.somebody))}
            here={props.pictureHere}
            whole
          />
          <span className="tile__tag">
            <Icon name="screen" />
            {callWords.screenOf(headOf(plan.owner?.name ?? callWords.somebody))}
          </span>
        </div>
      ) : (
        <ul className="people-large__one">{tile(plan.person, props.view.kind === "pinned")}</ul>
      )}
      <ul className="people-strip">
        {strip.map((person) => tile(person))}
        {own}
      </ul>
    </div>
  );
}

function OnePicture(props: Props & { person: Someone | null; away: boolean }) {
  const { person, state } = props;
  const now = useSeconds();
  const shown = state.pictures.shown && !props.away && person?.tileId != null;
  return (
    <>
      {shown && person?.tileId != null ? (
        <div className="stage__one">
          <RemoteTile
            media={props.media}
            tileId={person.tileId}
            label={props.name}
            here={props.pictureHere}
          />
        </div>
      ) : null}
      <LastPicture stage={props.stage} shown={isFrozen(state, now)} />
      {props.camera.state === "on" && state.cameraOn ? (
        <div className="tile self">
          <OwnPicture stream={props.camera.stream} label={callWords.you} />
          <OwnTag state={state} />
        </div>
      ) : null}
    </>
  );
}

function OwnTile({ camera, state }: Props) {
  return (
    <li className={state.talking.includes("me") ? "tile person person--talk" : "tile person"}>
      {camera.state === "on" && state.cameraOn ? (
        <OwnPicture stream={camera.stream} label={callWords.you} />
      ) : (
        <span className="person__initial" aria-hidden="true">
          <Icon name="cameraOff" />
        </span>
      )}
      <OwnTag state={state} />
    </li>
  );
}

function OwnTag({ state }: { state: Inside }) {
  return (
    <span className="tile__tag">
      {state.muted ? <Icon name="micOff" /> : null}
      {callWords.you}
      {state.muted ? <span className="vh"> · {callWords.isMuted}</span> : null}
    </span>
  );
}
