/** `sign-in`: the server keeps nothing for this browser until somebody signs in. */
export type NotesState =
  | { phase: "closed" | "loading" | "sign-in" | "forbidden" | "failed" }
  | {
      phase: "open";
      text: string;
      /** `signed-out`: the sign-in ended meanwhile; kept as soon as there is a new one. */
      kept: "saved" | "unsaved" | "saving" | "failed" | "signed-out";
      savedAt: string | null;
    };

/** What the server says. Nothing of a note is ever stored in the browser. */
export type NotesDesk = {
  load(): Promise<{ status: number; text: string | null }>;
  save(text: string): Promise<{ status: number; savedAt: string | null }>;
};

const pauseMs = 2_000;
const tryAgainMs = 5_000;

/**
 * The clinician's notes beside a call, kept by the server as they are written: two seconds after the last key, and at once when the panel
 * or the page goes. What could not be kept is tried again, and said so.
 */
export function openNotes(desk: NotesDesk, after: (ms: number, run: () => void) => () => void) {
  let state: NotesState = { phase: "closed" };
  let cancel: (() => void) | null = null;
  let saving = false;
  const listeners = new Set<() => void>();

  function set(next: NotesState): void {
    state = next;
    for (const changed of listeners) changed();
  }
  function later(ms: number): void {
    cancel?.();
    cancel = after(ms, () => void keep());
  }

  /** One at a time, so that an older text can't arrive after a newer one. */
  async function keep(): Promise<void> {
    cancel?.();
    cancel = null;
    if (saving || state.phase !== "open" || state.kept === "saved") return;
    saving = true;
    const { text } = state;
    set({ ...state, kept: "saving" });
    const { status, savedAt } = await desk.save(text);
    saving = false;
    if (state.phase !== "open") return;
    if (status >= 400 || savedAt === null) {
      set({ ...state, kept: status === 401 ? "signed-out" : "failed" });
      return later(tryAgainMs);
    }
    const newer = state.text !== text;
    set({ ...state, kept: newer ? "unsaved" : "saved", savedAt });
    if (newer) later(0);
  }

  return {
    state: () => state,
    subscribe(changed: () => void) {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    /** Asks again after a sign-in in another tab. What is written and not yet kept stays. */
    async open(): Promise<void> {
      if (state.phase === "open" || state.phase === "loading") return;
      set({ phase: "loading" });
      const { status, text } = await desk.load();
      if (status === 401) set({ phase: "sign-in" });
      else if (status === 403 || status === 404) set({ phase: "forbidden" });
      else if (status >= 400) set({ phase: "failed" });
      else set({ phase: "open", text: text ?? "", kept: "saved", savedAt: null });
    },
    write(text: string): void {
      if (state.phase !== "open") return;
      set({ ...state, text, kept: "unsaved" });
      later(pauseMs);
    },
    /** At once: the panel closes, or the page goes. */
    keepNow: () => void keep(),
  };
}
export type Notes = ReturnType<typeof openNotes>;
