import type { Inside } from "@/lib/call/call-state";
import { peopleInCall } from "@/lib/call/people";
import { callWords, chatWords } from "../messages/call-words";
import type { DoorFacts } from "../prejoin/door-facts";
import { headOf, inSentence } from "./announcement";
import { ChatPanel } from "./chat-panel";
import { NotesPanel } from "./notes-panel";
import type { OpenRoom } from "./open-room";
import { PeoplePanel } from "./people-panel";

export type PanelName = "chat" | "people" | "notes";

/** One thing at a time beside the picture. */
export function SidePanel(props: {
  shown: PanelName;
  state: Inside;
  room: Pick<OpenRoom, "chat" | "notes" | "reason">;
  door: DoorFacts;
  remove: (seat: { seatId: string; name: string }) => void;
  letSpeak: (seatId: string, maySpeak: boolean) => void;
  close: () => void;
}) {
  const { state } = props;
  const people = peopleInCall(state);
  if (props.shown === "people")
    return <PeoplePanel state={state} remove={props.remove} letSpeak={props.letSpeak} close={props.close} />;
  if (props.shown === "notes") return <NotesPanel {...props.room} door={props.door} close={props.close} />;
  const [only] = people;
  const title =
    people.length === 1 && only?.name ? chatWords.titleWith(inSentence(only.name)) : chatWords.title;
  return (
    <ChatPanel
      chat={props.room.chat}
      title={title}
      kept={state.live?.chatKept ?? false}
      nameOf={(who) => nameOf(state, who)}
      close={props.close}
    />
  );
}

/** By the server's word for the seat; somebody who left is still named by it. */
export function nameOf(state: Inside, who: string): string {
  const person = state.live?.parties.find(({ seatId }) => seatId === who);
  const name = person?.name ?? peopleInCall(state).find((one) => one.who === who)?.name;
  return name ? headOf(name) : callWords.somebody;
}
