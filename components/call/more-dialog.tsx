import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import type { Captions } from "@/lib/call/captions/captions";
import {
  callMeWords,
  callWords,
  captionWords,
  lineWords,
  notesWords,
  recordingWords,
} from "../messages/call-words";
import type { Asking } from "./asking";
import { Icon, type IconName } from "./call-icon";
import { Dialog } from "./dialog";
import { shareControl } from "./share-control";
import type { PanelName } from "./side-panel";
import { canShrink } from "./small-window";
import { useCaptions } from "./use-captions";

/** What doesn't fit in the bar, as a list: on a phone that is most of it. */
export function MoreDialog(props: {
  state: Inside;
  call: Call;
  hosts: boolean;
  captions: Captions | null;
  ask: (what: Asking | null) => void;
  openPanel: (name: PanelName) => void;
  shrink: () => void;
  close: () => void;
}) {
  const { state, call, captions, close } = props;
  const shown = useCaptions(captions)?.shown ?? false;
  const share = shareControl(state, call);
  const { live } = state;
  const accompanied = live?.parties.filter((one) => one.state === "in-call").length ?? 0;
  const mayAsk =
    live?.mayRecord === true && accompanied > 1 && (!live.recording || live.recording.state === "over");
  const then = (deed: () => void) => () => {
    close();
    deed();
  };
  return (
    <Dialog title={callWords.moreTitle} close={close}>
      <div className="stack stack--tight">
        {props.hosts ? (
          <Choice icon="note" word={notesWords.control} press={then(() => props.openPanel("notes"))} narrow />
        ) : null}
        {props.hosts ? (
          <Choice
            icon="people"
            word={callWords.people}
            press={then(() => props.openPanel("people"))}
            narrow
          />
        ) : null}
        <Choice icon="speaker" word={callWords.deviceTitle} press={() => props.ask("devices")} />
        <Choice
          icon={state.pictures.shown ? "speaker" : "camera"}
          word={state.pictures.shown ? lineWords.soundOnly : lineWords.picturesBack}
          press={then(() => call.setPictures(!state.pictures.shown))}
        />
        {captions ? (
          <Choice
            icon="captions"
            word={shown ? captionWords.hide : captionWords.show}
            press={then(shown ? captions.hide : captions.show)}
          />
        ) : null}
        {mayAsk ? (
          <>
            <Choice
              icon="record"
              word={recordingWords.controlPicture}
              press={then(() => void call.record({ act: "ask", withPicture: true }))}
            />
            <Choice
              icon="record"
              word={recordingWords.control}
              press={then(() => void call.record({ act: "ask", withPicture: false }))}
            />
          </>
        ) : null}
        {share ? <Choice icon="screen" word={share.word} press={then(share.press)} narrow /> : null}
        {canShrink() ? <Choice icon="aside" word={callWords.smallWindow} press={then(props.shrink)} /> : null}
        {state.seat.party === "patient" ? (
          <Choice icon="phone" word={callMeWords.open} press={() => props.ask("call-me")} />
        ) : null}
        <Choice icon="keys" word={callWords.keysTitle} press={() => props.ask("keys")} />
        {props.hosts ? (
          <Choice icon="hangUp" word={callWords.endForAll} press={() => props.ask("end")} narrow danger />
        ) : null}
      </div>
      <button type="button" className="btn btn--wide" onClick={close}>
        {callWords.close}
      </button>
    </Dialog>
  );
}

function Choice(props: {
  icon: IconName;
  word: string;
  press: () => void;
  /** In the bar itself where there is room. */
  narrow?: boolean;
  danger?: boolean;
}) {
  const looks = [
    "btn",
    props.danger ? "btn--hangup" : "btn--quiet",
    "btn--row",
    props.narrow && "only-narrow",
  ];
  return (
    <button type="button" className={looks.filter(Boolean).join(" ")} onClick={props.press}>
      <Icon name={props.icon} />
      {props.word}
    </button>
  );
}
