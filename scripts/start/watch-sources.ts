import { watch } from "node:fs";
import path from "node:path";

/** Editors write a file in several steps: one change is told once, this long after the last step. */
const quietMs = 150;

/** Calls `changed` when a source file under one of the folders changes. Returns what ends it. */
export function watchSources(root: string, folders: string[], changed: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|tsx|json|sql)$/.test(file) || /\.test\.tsx?$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, quietMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
