import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import path from "node:path";

/** How long a change may wait for its neighbours before all go to disk together. Milliseconds. */
const debounceMs = 150;

export type StateFile = {
  /** What was last saved, or undefined at the first start. */
  load(): unknown;
  /** Soon. The last state given wins. */
  save(state: unknown): void;
  /** Now, and on disk when it returns: for what must not be lost with an answer already given (keys). */
  saveNow(state: unknown): void;
  close(): void;
};

/** One JSON file that is either the old state or the new, never half of one: written beside, synced, renamed. */
export function stateFile(folder: string, name: string): StateFile {
  const file = path.join(folder, `${name}.json`);
  let pending: { state: unknown } | null = null;
  let timer: NodeJS.Timeout | null = null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  function write(state: unknown): void {
    const beside = `${file}.${process.pid}.new`;
    const handle = openSync(beside, "w", 0o600);
    try {
      writeSync(handle, JSON.stringify(state));
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(beside, file);
  }

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    const due = pending;
    pending = null;
    if (due) write(due.state);
  }

  return {
    load() {
      let text: string;
      try {
        text = readFileSync(file, "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw new Error(
          `The laptop cloud's state in ${path.basename(file)} is damaged. Move the file away to start afresh.`,
          { cause },
        );
      }
    },
    save(state) {
      pending = { state };
      timer ??= setTimeout(flush, debounceMs);
    },
    saveNow(state) {
      pending = { state };
      flush();
    },
    close: flush,
  };
}
