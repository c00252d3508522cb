import type { DataEvent } from "../media/media";
import { type ChatEvent, type ChatState, isFlood, noChat, readLine, reduceChat } from "./chat-state";

export type Chat = {
  state: () => ChatState;
  subscribe: (changed: () => void) => () => void;
  heard: (message: DataEvent) => void;
  /** @returns false when it wasn't sent: the writer keeps the text, and `trouble` says why. */
  write: (text: string) => boolean;
  show: (open: boolean) => void;
  /** A line of one's own did not get into the visit's record. */
  notKept: () => void;
};

/**
 * @param deps.send false while there is no connection.
 * @param deps.mayRead false before this page was let in: nothing said inside is its to read.
 * @param deps.wrote told each line of one's own that was sent.
 */
export function openChat(deps: {
  send: (text: string) => boolean;
  mayRead: () => boolean;
  wrote: (text: string) => void;
  now: () => number;
}): Chat {
  let state = noChat;
  const listeners = new Set<() => void>();
  function tell(event: ChatEvent): void {
    state = reduceChat(state, event);
    for (const changed of listeners) changed();
  }
  return {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    heard({ from, text, throttled }) {
      if (from === "me") {
        if (throttled) tell({ type: "throttled" });
      } else if (deps.mayRead()) tell({ type: "heard", from, text, atMs: deps.now() });
    },
    write(given) {
      const text = readLine(given);
      if (text === null) return true;
      if (isFlood(state, "me", deps.now())) {
        tell({ type: "too-fast" });
        return false;
      }
      if (!deps.send(text)) {
        tell({ type: "away" });
        return false;
      }
      tell({ type: "wrote", text, atMs: deps.now() });
      deps.wrote(text);
      return true;
    },
    notKept: () => tell({ type: "not-kept" }),
    show: (open) => tell({ type: open ? "open" : "close" }),
  };
}
