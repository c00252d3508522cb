import type { Inside } from "@/lib/call/call-state";
import type { Chat } from "@/lib/call/chat/chat";
import { chatWords } from "../messages/call-words";
import { useChat } from "./chat-panel";
import { nameOf } from "./side-panel";

/** Says each new line of the others once, to who listens to the page, whether the chat is open or not. */
export function ChatVoice({ chat, state }: { chat: Chat; state: Inside }) {
  const { lines } = useChat(chat);
  const heard = lines.findLast(({ from }) => from !== "me");
  return (
    <p className="vh" role="log" aria-live="polite" data-testid="chat-voice">
      {heard ? <span key={heard.id}>{chatWords.from(nameOf(state, heard.from), heard.text)}</span> : null}
    </p>
  );
}
