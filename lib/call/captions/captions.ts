import type { Who } from "../call-state";
import { readLine } from "../chat/chat-state";

/** What the engine tells of captions. The words are a machine's, of what somebody in the meeting said. */
export type CaptionTold =
  | { type: "started" | "stopped" }
  /** The same `id` again: more of the same sentence, or a better guess at it. */
  | { type: "said"; id: string; who: Who; text: string; final: boolean };

type CaptionLine = { id: string; who: Who; text: string; final: boolean };
export type CaptionsState = {
  /** What is said is being written down, for everybody. */
  on: boolean;
  /** On this page: each shows or hides them for themselves. */
  shown: boolean;
  /** Of what this page asked for. */
  asked: "starting" | "failed" | null;
  /** This page's user has read that captions are on. */
  known: boolean;
  /** The newest last. */
  lines: readonly CaptionLine[];
};

export type Captions = {
  state: () => CaptionsState;
  subscribe: (changed: () => void) => () => void;
  told: (event: CaptionTold) => void;
  /** Shows them here; turns them on for everybody first where they are off. */
  show: () => void;
  hide: () => void;
  known: () => void;
  /** For everybody. */
  stop: () => void;
};

/** As many as a phone has room for, in letters that can be read. */
const linesMax = 3;
/** After so long without a word the last ones go. */
const quietMs = 8_000;

const off: CaptionsState = { on: false, shown: false, asked: null, known: false, lines: [] };

/** The captions of one call: they live as long as they are read and are kept nowhere. */
export function openCaptions(deps: {
  /** Asks the server. `failed` is called when it could not be done. */
  ask: (on: boolean, failed: () => void) => void;
  after: (ms: number, run: () => void) => () => void;
}): Captions {
  let state = off;
  let cancelQuiet = () => {};
  const listeners = new Set<() => void>();
  function become(change: Partial<CaptionsState>): void {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  }
  function said({ id, who, text, final }: Extract<CaptionTold, { type: "said" }>): void {
    const plain = readLine(text);
    if (plain === null) return;
    const line = { id, who, text: plain, final };
    const begun = state.lines.some((one) => one.id === id);
    const lines = begun
      ? state.lines.map((one) => (one.id === id ? line : one))
      : [...state.lines, line].slice(-linesMax);
    become({ on: true, asked: null, lines });
    cancelQuiet();
    cancelQuiet = deps.after(quietMs, () => become({ lines: [] }));
  }
  return {
    state: () => state,
    subscribe(changed) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    told(event) {
      if (event.type === "said") return said(event);
      if (event.type === "started") return become({ on: true, asked: null });
      cancelQuiet();
      become({ ...off, shown: false });
    },
    show() {
      if (state.on) return become({ shown: true, known: true });
      become({ shown: true, asked: "starting" });
      deps.ask(true, () => become({ shown: false, asked: "failed" }));
    },
    hide: () => become({ shown: false, asked: null }),
    known: () => become({ known: true }),
    stop: () => deps.ask(false, () => become({ asked: "failed" })),
  };
}
