import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

/** How long a change may wait for its neighbours before all go to disk together. Milliseconds. */
const debounceMs = 150;

export type StateFile = {
  /** What was last saved, or undefined at the first start. */
  load(): unknown;
  /** Soon. The last state given wins; it must be JSON-able when its time comes. */
  save(state: unknown): void;
  /** Now, and on disk when it returns: for what must not be lost with an answer already given (keys). */
  saveNow(state: unknown): void;
  /** Writes what waits. */
  close(): void;
};

/**
 * One JSON file that is either the old state or the new, never half of one: written beside, synced, renamed.
 * `failed` hears of a write in the background that did not succeed; the state stays due and is tried with the next change.
 */
export function stateFile(folder: string, name: string, failed: (cause: unknown) => void): StateFile {
  const file = path.join(folder, `${name}.json`);
  let due: { state: unknown } | null = null;
  let timer: NodeJS.Timeout | null = null;
  mkdirSync(folder, { recursive: true, mode: 0o700 });

  function flush(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!due) return;
    replace(file, JSON.stringify(due.state));
    due = null;
  }

  return {
    load: () => read(file),
    save(state) {
      due = { state };
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (cause) {
          failed(cause);
        }
      }, debounceMs);
    },
    saveNow(state) {
      due = { state };
      flush();
    },
    close: flush,
  };
}

function replace(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}

function read(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(
      `The laptop cloud's state in ${path.basename(file)} is damaged. Move the file away to start afresh.`,
      { cause },
    );
  }
}
