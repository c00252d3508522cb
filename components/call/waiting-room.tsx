import { useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { DeviceCare } from "@/lib/call/device-care";
import type { FeedbackDesk } from "@/lib/call/feedback/feedback-desk";
import type { LocalMedia } from "@/lib/call/local-media";
import { clockTime, phoneWords } from "@/lib/call/time-words";
import { isKnown } from "@/lib/call/waiting";
import { callWords, waitingWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { usePreviewWords } from "../prejoin/preview-words";
import { Halves } from "../ui/halves";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";
import { OwnPicture } from "../ui/own-picture";
import { PageTop } from "../ui/page-top";
import { useLocalMedia } from "../ui/use-local-media";
import { CallMe } from "./call-me";
import { DevicesDialog } from "./devices-dialog";
import { Ask } from "./dialog";
import { GetReady } from "./get-ready";
import { WaitingNews } from "./waiting-news";

export function WaitingRoom(props: {
  state: Inside;
  door: DoorFacts;
  local: LocalMedia;
  care: DeviceCare;
  /** For "call me instead". */
  feedback: FeedbackDesk | null;
  leave: () => void;
}) {
  const { state, door, local } = props;
  const preview = usePreviewWords();
  const { camera, microphone } = useLocalMedia(local);
  const [asking, setAsking] = useState<"devices" | "leave" | null>(null);
  const mine = state.live?.parties.find(({ seatId }) => seatId === state.seat.seatId);
  const since = mine?.waitingSince ? new Date(mine.waitingSince) : new Date(state.sinceMs - state.aheadMs);
  const away = state.everUp && !state.mediaUp;
  const known = isKnown(state);
  const done = () => setAsking(null);
  return (
    <main className="page page--tall page--waiting">
      <PageTop />
      <div className="waiting">
        <Halves state="drifting" />
        <h1>{known ? waitingWords.knows(door.clinician) : waitingWords.notYet}</h1>
        <p className="soft">
          {known ? waitingWords.chime(door.clinician) : waitingWords.notYetSay(door.clinician)}
        </p>
        <p className="chip chip--wait chip--large">
          <Icon name="clock" />
          <span>
            {callWords.waitingSince}{" "}
            <time dateTime={since.toISOString()}>{clockTime(since, door.timeZone, door.language.tag)}</time>
          </span>
        </p>
        <WaitingNews state={state} door={door} />
        {away ? <p className="field__error">{callWords.waitingTrouble}</p> : null}
      </div>
      <section className="card waiting__self" aria-label={preview.heading}>
        {camera.state === "on" ? (
          <div className="tile">
            <OwnPicture stream={camera.stream} label={callWords.you} />
          </div>
        ) : null}
        <div className="stack stack--tight grow">
          <b>{camera.state === "on" ? callWords.lookFine : callWords.noCamera}</b>
          <Meter
            stream={microphone.state === "on" ? microphone.stream : null}
            label={preview.level}
            segments={16}
            thin
          />
          <p className="small soft">{callWords.onlyYouBoth}</p>
          <button type="button" className="btn btn--quiet btn--wide" onClick={() => setAsking("devices")}>
            {callWords.checkAgain}
          </button>
        </div>
      </section>
      {state.seat.party === "patient" ? <GetReady /> : null}
      <p className="small soft centred">
        {callWords.longWait}
        <br />
        {callWords.callClinicAt} <a href={`tel:${door.clinicPhone}`}>{phoneWords(door.clinicPhone)}</a>
      </p>
      {state.seat.party === "patient" ? (
        <CallMe
          desk={props.feedback}
          clinicPhone={door.clinicPhone}
          askedAt={
            state.live?.callAskedAt
              ? clockTime(new Date(state.live.callAskedAt), door.timeZone, door.language.tag)
              : null
          }
        />
      ) : null}
      <button type="button" className="btn btn--ghost" onClick={() => setAsking("leave")}>
        {waitingWords.leave}
      </button>
      {asking === "devices" ? <DevicesDialog local={local} care={props.care} close={done} /> : null}
      {asking === "leave" ? (
        <Ask
          question={waitingWords.askLeave}
          verb={callWords.leave}
          stay={waitingWords.stay}
          yes={props.leave}
          no={done}
        />
      ) : null}
    </main>
  );
}
