import { useRef, useState } from "react";
import type { Inside } from "@/lib/call/call-state";
import type { LocalMedia } from "@/lib/call/local-media";
import { otherParty } from "@/lib/call/other-party";
import { peopleInCall } from "@/lib/call/people";
import { planStage, type View } from "@/lib/call/stage-plan";
import { callMeWords, callWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { useLocalMedia } from "../ui/use-local-media";
import { inSentence, nameOfOther } from "./announcement";
import type { Asking } from "./asking";
import { CallControls } from "./call-controls";
import { CallHead } from "./call-head";
import { CallMeDialog } from "./call-me";
import { CallNotes } from "./call-notes";
import { CaptionLines, CaptionNote } from "./captions";
import { useChat } from "./chat-panel";
import { ChatVoice } from "./chat-voice";
import { Ask } from "./dialog";
import { LineDialog } from "./line-dialog";
import { Note } from "./note";
import type { OpenRoom } from "./open-room";
import { RecordingNote } from "./recording";
import { ShareNotes } from "./share-notes";
import { type PanelName, SidePanel } from "./side-panel";
import { Pictures } from "./stage";
import { StageMessage } from "./stage-message";
import { useCare } from "./use-care";
import { WaitingPeople } from "./waiting-people";

type Props = { state: Inside; door: DoorFacts; local: LocalMedia; room: OpenRoom };

export function InCall({ state, door, local, room }: Props) {
  const { call, media, chat, care, captions } = room;
  const stage = useRef<HTMLDivElement>(null);
  const { camera } = useLocalMedia(local);
  const cared = useCare(care);
  const { unread } = useChat(chat);
  const [removing, setRemoving] = useState<{ seatId: string; name: string } | null>(null);
  const [panel, setPanel] = useState<PanelName | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [lineShown, setLineShown] = useState(false);
  const [view, setView] = useState<View>({ kind: "tiled" });
  const other = otherParty(state);
  const name = nameOfOther(state, door);
  const away = state.phase === "reconnecting" || state.phase === "connecting";
  const people = peopleInCall(state);
  const plan = planStage(people, away ? [] : state.tiles, view, state.lastTalker);
  const hosts = door.party === "clinician";
  const feedback = room.feedback();
  const talks = plan.kind === "one" && plan.person?.talking === true && !away;
  const looks = ["tile stage", `stage--${plan.kind}`, talks ? "stage--talk" : ""];

  return (
    <main className="call">
      <h1 className="vh">{callWords.titles.live}</h1>
      <div className="call__body">
        <div ref={stage} className={looks.join(" ").trim()}>
          <CallHead
            state={state}
            door={door}
            name={people.length > 1 ? callWords.peopleTitle(people.length + 1) : name}
            known={other.state === "here" && people.length < 2}
            showLine={() => setLineShown(true)}
            remove={
              hosts && people.length === 1 && people[0]?.seatId
                ? () => setRemoving({ seatId: people[0]?.seatId ?? "", name })
                : null
            }
          />
          <Pictures
            plan={plan}
            state={state}
            media={media}
            camera={camera}
            name={name}
            stage={stage}
            view={view}
            setView={setView}
            pictureHere={call.pictureHere}
          />
          <StageMessage state={state} door={door} other={other} name={name} alone={plan.kind === "one"} />
          <div className="notes">
            {hosts && state.live?.callAskedAt ? <Note icon="phone" say={callMeWords.wanted} /> : null}
            {hosts ? <WaitingPeople state={state} people={other.waiting} call={call} /> : null}
            <RecordingNote recording={state.live?.recording ?? null} record={call.record} />
            <CaptionNote captions={captions} />
            <ShareNotes state={state} door={door} call={call} />
            <CallNotes
              state={state}
              local={local}
              call={call}
              care={cared}
              chooseDevices={() => setAsking("devices")}
            />
          </div>
        </div>
        {panel ? (
          <SidePanel
            shown={panel}
            state={state}
            room={room}
            door={door}
            remove={setRemoving}
            letSpeak={call.letSpeak}
            close={() => setPanel(null)}
          />
        ) : null}
      </div>
      <CaptionLines captions={captions} state={state} />
      <ChatVoice chat={chat} state={state} />
      <CallControls
        state={state}
        door={door}
        name={name}
        local={local}
        call={call}
        care={care}
        captions={captions}
        asking={asking}
        ask={setAsking}
        panel={{
          shown: panel,
          toggle: (wanted) => setPanel(panel === wanted ? null : wanted),
          unread,
          waiting: other.waiting.length,
        }}
      />
      {asking === "call-me" && feedback ? (
        <CallMeDialog desk={feedback} clinicPhone={door.clinicPhone} close={() => setAsking(null)} />
      ) : null}
      {lineShown ? <LineDialog state={state} call={call} close={() => setLineShown(false)} /> : null}
      {removing ? (
        <Ask
          question={callWords.askRemove(inSentence(removing.name))}
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
