import { VideoGrid } from "amazon-chime-sdk-component-library-react";
import { useEffect, useRef, useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { otherParty } from "@/lib/call/other-party";
import { callWords } from "../messages/en-call";
import type { DoorFacts } from "../prejoin/door-facts";
import { OwnPicture } from "../ui/own-picture";
import { useLocalMedia } from "../ui/use-local-media";
import { nameOfOther } from "./announcement";
import { CallControls } from "./call-controls";
import { CallHead } from "./call-head";
import { CallNotes } from "./call-notes";
import { Ask } from "./dialog";
import { LastPicture } from "./last-picture";
import type { OpenRoom } from "./open-room";
import { RemoteTile } from "./remote-tile";
import { StageMessage } from "./stage-message";
import { WaitingPeople } from "./waiting-people";

type Props = { state: Inside; door: DoorFacts; local: LocalMedia; room: OpenRoom };

export function InCall({ state, door, local, room }: Props) {
  const { call, media } = room;
  const stage = useRef<HTMLDivElement>(null);
  const { camera } = useLocalMedia(local);
  const [removing, setRemoving] = useState<{ seatId: string; name: string } | null>(null);
  const other = otherParty(state);
  const name = nameOfOther(state, door);
  const away = state.phase === "reconnecting" || state.phase === "connecting";
  const frozen = state.phase === "reconnecting" || (!away && other.state === "coming-back");
  // A picture without a name behind it is nobody's: an unadmitted seat has none.
  const tiles = away ? [] : state.tiles;

  useMuteKey(() => call.setMuted(!state.muted));

  return (
    <main className="call">
      <h1 className="vh">{callWords.titles.live}</h1>
      <div
        ref={stage}
        className={state.talking === "other" && !away ? "tile stage stage--talk" : "tile stage"}
      >
        {tiles.length > 0 ? (
          <VideoGrid
            size={tiles.length}
            className={tiles.length === 1 ? "stage__grid stage__grid--one" : "stage__grid"}
          >
            {tiles.map((tileId) => (
              <RemoteTile key={tileId} media={media} tileId={tileId} label={name} />
            ))}
          </VideoGrid>
        ) : null}
        <LastPicture stage={stage} shown={frozen} />
        <StageMessage state={state} door={door} other={other} name={name} />
        <CallHead
          state={state}
          door={door}
          name={name}
          known={other.state === "here"}
          remove={
            door.party === "clinician" && other.inside[0]?.seatId
              ? () => setRemoving({ seatId: other.inside[0]?.seatId ?? "", name })
              : null
          }
        />
        {camera.state === "on" && state.cameraOn ? (
          <div className="tile self">
            <OwnPicture stream={camera.stream} label={callWords.you} />
            <span className="tile__tag">{callWords.you}</span>
          </div>
        ) : null}
        <div className="notes">
          {door.party === "clinician" ? (
            <WaitingPeople state={state} door={door} people={other.waiting} admit={call.admit} />
          ) : null}
          <CallNotes state={state} camera={camera} turnCameraOff={() => void local.setCamera(false)} />
        </div>
      </div>
      <CallControls state={state} door={door} local={local} call={call} />
      {removing ? (
        <Ask
          question={callWords.askRemove(removing.name)}
          verb={callWords.remove}
          stay={callWords.stay}
          no={() => setRemoving(null)}
          yes={() => {
            call.remove(removing.seatId);
            setRemoving(null);
          }}
        />
      ) : null}
    </main>
  );
}

/** M, wherever nobody types and no dialog asks. */
function useMuteKey(toggle: () => void): void {
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "m" || event.repeat) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target;
      if (target instanceof Element && target.closest("input, select, textarea, dialog")) return;
      latest.current();
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
}
