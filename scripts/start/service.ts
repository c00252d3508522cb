import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { spawnNode } from "./child";
import { Halt } from "./halt";
import { openServiceLog } from "./service-log";

const stopWithinMs = 8_000;
const steadyAfterMs = 30_000;

/** A process that the launcher keeps running. */
export type Service = {
  name: string;
  pid(): number | undefined;
  /** Resolves when it says it is ready; rejects with its last words when it ends before. */
  start(): Promise<void>;
  /** Ends it; it comes back by itself. */
  restart(why: string): void;
  /** Ends it for good: SIGTERM, and SIGKILL when that is not heeded in 8 s. */
  stop(): Promise<void>;
};

/**
 * @param options.script TypeScript file or bundle, run by this Node. It says `{"ready":true}` on a line of stdout when it serves.
 * @param options.env asked anew at each start: a restarted database may have moved.
 */
export function createService(options: {
  name: string;
  script: string;
  args?: string[];
  env: () => NodeJS.ProcessEnv;
  logFolder: string;
  warn: (line: string) => void;
  changed: () => void;
}): Service {
  const log = openServiceLog(options.logFolder, options.name, options.warn);
  let child: ChildProcess | null = null;
  let exited: Promise<void> = Promise.resolve();
  let wanted = false;
  /** Why we ended it ourselves. */
  let reason: string | null = null;

  function launch(): Promise<void> {
    const began = Date.now();
    // A process group of its own: Ctrl-C reaches it through us, in order.
    const running = spawnNode([...loader(options.script), options.script, ...(options.args ?? [])], {
      env: options.env(),
      output: "pipe",
      detached: true,
    });
    child = running;
    options.changed();
    const ready = new Promise<void>((resolve, reject) => {
      if (running.stdout)
        createInterface({ input: running.stdout }).on("line", (line) => {
          log.write(line);
          if (saysReady(line)) resolve();
        });
      if (running.stderr) createInterface({ input: running.stderr }).on("line", log.write);
      running.once("error", reject);
      running.once("close", () => reject(new Halt(lastWords(options.name, log.tail(), log.file))));
    });
    exited = new Promise((resolve) => running.once("close", () => resolve()));
    ready.then(() => exited.then(() => comeBack(Date.now() - began, 0))).catch(() => {});
    return ready;
  }

  async function comeBack(livedMs: number, attempt: number): Promise<void> {
    if (!wanted) return;
    const waitMs = Math.min(reason || livedMs > steadyAfterMs ? 100 : 250 * 2 ** attempt, 10_000);
    options.warn(`${options.name} ${reason ?? "ended"}; starting it again`);
    reason = null;
    await delay(waitMs);
    if (!wanted) return;
    const began = Date.now();
    try {
      await launch();
    } catch {
      await comeBack(Date.now() - began, attempt + 1); // its last words are in its log
    }
  }

  return {
    name: options.name,
    pid: () => child?.pid,
    start: () => {
      wanted = true;
      return launch();
    },
    restart(why) {
      reason = why;
      child?.kill("SIGTERM");
    },
    async stop() {
      wanted = false;
      child?.kill("SIGTERM");
      const timer = setTimeout(() => child?.kill("SIGKILL"), stopWithinMs);
      await exited;
      clearTimeout(timer);
      log.close();
    },
  };
}

/** TypeScript needs one, a bundle starts faster without. */
export function loader(script: string): string[] {
  return script.endsWith(".ts") ? ["--import", "tsx"] : [];
}

function saysReady(line: string): boolean {
  if (!line.startsWith("{") || !line.includes('"ready"')) return false;
  try {
    return JSON.parse(line).ready === true;
  } catch {
    return false; // a log line that happens to hold the word
  }
}

function lastWords(name: string, tail: string[], file: string): string {
  const telling =
    tail.findLast((line) => /^\w*(Error|Exception)\b|refus|cannot|must/.test(line)) ??
    tail.at(-1) ??
    "nothing said";
  return `The ${name} ended before it was ready: ${telling.trim()} (log: ${file})`;
}
