import { useState } from "react";
import type { Call } from "@/lib/call/call";
import type { Inside } from "@/lib/call/call-state";
import { mayShare, sharer } from "@/lib/call/reduce-share";
import { shareWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { headOf } from "./announcement";
import { Icon } from "./call-icon";
import { Note } from "./note";
import { nameOf } from "./side-panel";

type Props = { state: Inside; door: DoorFacts; call: Call };

/** Who shows a screen, who asks to, and how to stop. */
export function ShareNotes({ state, door, call }: Props) {
  const { sharing } = state;
  const who = sharer(state);
  const theirs =
    who !== null && who !== "me" && door.party === "clinician"
      ? { who, ...shareWords.theirs(headOf(nameOf(state, who))) }
      : null;
  const asks = sharing.askers.map((asker) => ({
    who: asker,
    ...shareWords.asks(headOf(nameOf(state, asker))),
  }));
  const spoken = [...asks, theirs, ownWords(state, door)].map((words) => words?.title ?? "");
  return (
    <>
      <p className="vh" role="status">
        {spoken.join(" ").trim()}
      </p>
      {asks.map(({ who: asker, ...words }) => (
        <Note key={asker} icon="screen" {...words}>
          <button type="button" className="btn btn--onstage" onClick={() => call.letShare(asker, false)}>
            {shareWords.notNow}
          </button>
          <button type="button" className="btn btn--notice" onClick={() => call.letShare(asker, true)}>
            {shareWords.allow}
          </button>
        </Note>
      ))}
      {theirs ? (
        <Note icon="screen" title={theirs.title} say={theirs.say}>
          <button type="button" className="btn btn--onstage" onClick={() => call.letShare(theirs.who, false)}>
            {shareWords.stopTheirs}
          </button>
        </Note>
      ) : null}
      <OwnNote state={state} door={door} call={call} />
    </>
  );
}

/** What this page's own sharing has come to; null: nothing to say. */
function ownWords(state: Inside, door: DoorFacts): { title?: string; say: string } | null {
  const { mine, trouble, asked } = state.sharing;
  if (mine !== "off") return mine === "on" ? shareWords.mine : shareWords.starting;
  if (trouble === "failed") return shareWords.failed;
  if (trouble === "not-told") return { say: shareWords.notTold };
  if (trouble) return shareWords[trouble](door.clinician);
  if (!asked) return null;
  if (!mayShare(state)) return shareWords.asked(door.clinician);
  return sharer(state) === null ? shareWords.mayNow(door.clinician) : null;
}

function OwnNote({ state, door, call }: Props) {
  const [later, setLater] = useState(false);
  const { mine, trouble, asked } = state.sharing;
  const words = ownWords(state, door);
  if (!words) return null;
  if (mine !== "off")
    return (
      <Note icon="screen" {...words}>
        <button type="button" className="btn btn--notice" onClick={call.stopSharing}>
          {shareWords.stop}
        </button>
      </Note>
    );
  if (trouble && trouble !== "failed")
    return (
      <Note icon="warn" {...words}>
        <button type="button" className="btn btn--onstage" onClick={call.dontShare}>
          {shareWords.ok}
        </button>
      </Note>
    );
  if (asked && !mayShare(state))
    return (
      <Note icon="screen" {...words}>
        <button type="button" className="btn btn--onstage" onClick={call.dontShare}>
          {shareWords.takeBack}
        </button>
      </Note>
    );
  if (!trouble && later) return null;
  return (
    <Note icon={trouble ? "warn" : "screen"} {...words}>
      <button type="button" className="btn btn--notice" onClick={call.share}>
        <Icon name="screen" />
        {shareWords.share}
      </button>
      <button
        type="button"
        className="btn btn--onstage"
        onClick={trouble ? call.dontShare : () => setLater(true)}
      >
        {shareWords.notNow}
      </button>
    </Note>
  );
}
