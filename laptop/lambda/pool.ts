import { randomUUID } from "node:crypto";
import { bareName, type Functions, type LambdaFunction, versionOf } from "./functions";
import { type Instance, type Outcome, startInstance } from "./instance";
import { idleMs } from "./limits";

/** What came of asking for a function; what is unknown or throttled never reached a process. */
export type Ran = Outcome | { ok: false; kind: "unknown" | "throttled"; message: string };

export type Pool = {
  knows(named: string): boolean;
  /** `event` is JSON. */
  run(named: string, event: string): Promise<Ran>;
  close(): void;
};

/** The processes of all functions: as many as run at once, and those that stay warm for the next. */
export function openPool(options: {
  functions: Functions;
  region: string;
  log: (line: object) => void;
}): Pool {
  const { functions, region, log } = options;
  const warm = new Map<Instance, NodeJS.Timeout>();
  const busy = new Map<string, number>();
  const all = new Set<Instance>();
  const arnOf = (name: string) => `arn:aws:lambda:${region}:000000000000:function:${name}`;

  function end(instance: Instance): void {
    clearTimeout(warm.get(instance));
    warm.delete(instance);
    all.delete(instance);
    instance.stop();
  }

  /** A warm process of this configuration and code, or a new one. */
  async function take(fn: LambdaFunction): Promise<Instance> {
    const version = versionOf(fn);
    for (const [instance, reaper] of warm) {
      if (instance.name !== fn.name) continue;
      if (!instance.isAlive() || instance.version !== version) {
        end(instance);
        continue;
      }
      clearTimeout(reaper);
      warm.delete(instance);
      return instance;
    }
    const instance = await startInstance({ fn, arn: arnOf(fn.name), region, version, log });
    all.add(instance);
    return instance;
  }

  function giveBack(instance: Instance): void {
    if (instance.isAlive()) warm.set(instance, setTimeout(() => end(instance), idleMs).unref());
    else end(instance);
  }

  async function runOne(fn: LambdaFunction, event: string): Promise<Outcome> {
    const requestId = randomUUID();
    const began = performance.now();
    const instance = await take(fn);
    const outcome = await instance.run(requestId, event);
    giveBack(instance);
    log({
      level: outcome.ok ? "info" : "warn",
      lambda: fn.name,
      requestId,
      durationMs: Math.round(performance.now() - began),
      outcome: outcome.ok ? "ok" : outcome.error.errorType,
    });
    return outcome;
  }

  return {
    knows: (named) => functions.find(named) !== undefined,
    async run(named, event) {
      const fn = functions.find(named);
      if (!fn)
        return { ok: false, kind: "unknown", message: `Function not found: ${arnOf(bareName(named))}` };
      const running = busy.get(fn.name) ?? 0;
      if (running >= fn.concurrency) return { ok: false, kind: "throttled", message: "Rate Exceeded." };
      busy.set(fn.name, running + 1);
      try {
        return await runOne(fn, event);
      } finally {
        busy.set(fn.name, (busy.get(fn.name) ?? 1) - 1);
      }
    },
    close() {
      for (const instance of [...all]) end(instance);
    },
  };
}
