import type { Who } from "../call-state";

/** Characters. Four bytes each still fit the meeting's 2,048. */
export const lineMax = 500;
const linesKept = 200;
/** So many lines in so long from one sender; more are a flood. */
const floodLines = 8;
const floodMs = 10_000;

/** `from`: the engine's word. What a line says of its own sender is only text. */
export type ChatLine = { id: number; from: Who; text: string; atMs: number };
export type ChatState = {
  lines: readonly ChatLine[];
  open: boolean;
  unread: number;
  /** Why the last line wasn't sent; it is still in its writer's hands. */
  trouble: "away" | "too-fast" | null;
  /** Somebody sent too much too fast, and some of it was left out. */
  leftOut: boolean;
  /** Something that this page wrote is missing in the visit's record. */
  unkept: boolean;
  nextId: number;
};

export type ChatEvent =
  | { type: "heard"; from: Who; text: string; atMs: number }
  | { type: "wrote"; text: string; atMs: number }
  /** The engine couldn't take it: no connection. */
  | { type: "away" }
  /** Too many at once: it was never sent. */
  | { type: "too-fast" }
  /** The meeting's own limit threw the last line away. */
  | { type: "throttled" }
  | { type: "not-kept" }
  | { type: "open" | "close" };

export const noChat: ChatState = {
  lines: [],
  open: false,
  unread: 0,
  trouble: null,
  leftOut: false,
  unkept: false,
  nextId: 1,
};

/** The chat of one call: it lives as long as the page's call does; the clinic's record, if it keeps one, is the server's. */
export function reduceChat(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case "open":
      return { ...state, open: true, unread: 0 };
    case "close":
      return { ...state, open: false };
    case "not-kept":
      return { ...state, unkept: true };
    case "away":
    case "too-fast":
      return { ...state, trouble: event.type };
    case "throttled":
      return {
        ...state,
        trouble: "too-fast",
        lines: state.lines.filter(({ id }) => id !== lastOf(state, "me")?.id),
      };
    case "wrote": {
      const text = readLine(event.text);
      return text === null ? state : { ...add(state, { from: "me", text, atMs: event.atMs }), trouble: null };
    }
    case "heard": {
      const text = readLine(event.text);
      if (text === null) return state;
      if (isFlood(state, event.from, event.atMs)) return { ...state, leftOut: true };
      const heard = add(state, { from: event.from, text, atMs: event.atMs });
      return state.open ? heard : { ...heard, unread: state.unread + 1 };
    }
  }
}

/** Would one more line from this sender be too much? */
export function isFlood({ lines }: ChatState, from: Who, atMs: number): boolean {
  return lines.filter((line) => line.from === from && atMs - line.atMs < floodMs).length >= floodLines;
}

/** A line as it may be shown: bounded, without controls that reorder or hide text. Null: nothing is left of it. */
export function readLine(text: string): string | null {
  const plain = text
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      character === "\n" ? "\n" : "",
    )
    .trim();
  return plain === "" ? null : [...plain].slice(0, lineMax).join("");
}

function add(state: ChatState, line: Omit<ChatLine, "id">): ChatState {
  const lines = [...state.lines, { ...line, id: state.nextId }].slice(-linesKept);
  return { ...state, lines, nextId: state.nextId + 1 };
}

const lastOf = ({ lines }: ChatState, from: Who) => lines.findLast((line) => line.from === from);
