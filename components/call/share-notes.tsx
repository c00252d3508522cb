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

/** Who shows a screen, who asks to, and how to stop. */
export function ShareNotes({ state, door, call }: { state: Inside; door: DoorFacts; call: Call }) {
  const { sharing } = state;
  const [later, setLater] = useState(false);
  const who = sharer(state);
  const free = who === null;
  const theirs = who === "me" ? null : who;
  return (
    <>
      {sharing.askers.map((who) => (
        <Note key={who} icon="screen" {...shareWords.asks(headOf(nameOf(state, who)))}>
          <button type="button" className="btn btn--onstage" onClick={() => call.letShare(who, false)}>
            {shareWords.notNow}
          </button>
          <button type="button" className="btn btn--notice" onClick={() => call.letShare(who, true)}>
            {shareWords.allow}
          </button>
        </Note>
      ))}
      {theirs && door.party === "clinician" ? (
        <Note icon="screen" {...shareWords.theirs(headOf(nameOf(state, theirs)))}>
          <button type="button" className="btn btn--onstage" onClick={() => call.letShare(theirs, false)}>
            {shareWords.stopTheirs}
          </button>
        </Note>
      ) : null}
      {sharing.mine !== "off" ? (
        <Note icon="screen" {...(sharing.mine === "on" ? shareWords.mine : shareWords.starting)}>
          <button type="button" className="btn btn--notice" onClick={call.stopSharing}>
            {shareWords.stop}
          </button>
        </Note>
      ) : sharing.trouble ? (
        <Note icon="warn" {...shareWords.failed}>
          <button type="button" className="btn btn--notice" onClick={call.share}>
            <Icon name="screen" />
            {shareWords.share}
          </button>
          <button type="button" className="btn btn--onstage" onClick={call.dontShare}>
            {shareWords.notNow}
          </button>
        </Note>
      ) : sharing.asked && mayShare(state) && free && !later ? (
        <Note icon="screen" {...shareWords.mayNow(door.clinician)}>
          <button type="button" className="btn btn--notice" onClick={call.share}>
            <Icon name="screen" />
            {shareWords.share}
          </button>
          <button type="button" className="btn btn--onstage" onClick={() => setLater(true)}>
            {shareWords.notNow}
          </button>
        </Note>
      ) : sharing.asked && !mayShare(state) ? (
        <Note icon="screen" {...shareWords.asked(door.clinician)}>
          <button type="button" className="btn btn--onstage" onClick={call.dontShare}>
            {shareWords.takeBack}
          </button>
        </Note>
      ) : null}
    </>
  );
}
