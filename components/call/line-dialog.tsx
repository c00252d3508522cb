import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import { lineWords } from "../messages/call-words";
import { Bars } from "./bars";
import { Icon } from "./call-icon";
import { Dialog } from "./dialog";

/** How the connection is and what helps, for whoever presses the word in the head. */
export function LineDialog({ state, call, close }: { state: Inside; call: Call; close: () => void }) {
  const { quality, pictures } = state;
  return (
    <Dialog title={lineWords.title} close={close}>
      <p className="row">
        <Bars quality={quality} />
        <b>{lineWords.quality(quality)}.</b>
      </p>
      <p className="soft">{lineWords.say(quality)}</p>
      <h3>{lineWords.helps}</h3>
      <ol className="steps stack stack--tight">
        {lineWords.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="dialog__choices">
        <button
          type="button"
          className="btn btn--quiet"
          onClick={() => {
            call.setPictures(!pictures.shown);
            close();
          }}
        >
          <Icon name={pictures.shown ? "speaker" : "camera"} />
          {pictures.shown ? lineWords.soundOnly : lineWords.picturesBack}
        </button>
        <button type="button" className="btn" onClick={close}>
          {lineWords.close}
        </button>
      </div>
    </Dialog>
  );
}
