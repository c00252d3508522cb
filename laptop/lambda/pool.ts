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
  /** Null: kept for good. */
  const warm = new Map<Instance, NodeJS.Timeout | null>();
  const busy = new Map<string, number>();
  let closed = false;
  const all = new Set<Instance>();
  const arnOf = (name: string) => `arn:aws:lambda:${region}:000000000000:function:${name}`;

  function end(instance: Instance): void {
    clearTimeout(warm.get(instance) ?? undefined);
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
      clearTimeout(reaper ?? undefined);
      warm.delete(instance);
      return instance;
    }
    const instance = await startInstance({ fn, arn: arnOf(fn.name), region, version, log });
    all.add(instance);
    if (closed) end(instance);
    return instance;
  }

  const readyOf = ({ name }: LambdaFunction) => [...warm.keys()].filter((one) => one.name === name).length;

  function giveBack(fn: LambdaFunction, instance: Instance): void {
    if (!instance.isAlive()) {
      end(instance);
      if (!closed) provision();
      return;
    }
    const stays = readyOf(fn) < fn.provisioned;
    warm.set(instance, stays ? null : setTimeout(() => end(instance), idleMs).unref());
  }

  /** Has processes load of which some must be ready. What fails is tried again by whoever needs it. */
  function provision(): void {
    provisionAll().catch((cause: unknown) => log({ level: "error", fault: String(cause) }));
  }

  async function provisionAll(): Promise<void> {
    for (const fn of functions.all()) {
      const version = versionOf(fn);
      for (const instance of [...warm.keys()])
        if (instance.name === fn.name && instance.version !== version) end(instance);
      const missing = fn.provisioned - [...all].filter(({ name }) => name === fn.name).length;
      for (let more = 0; more < missing; more++) giveBack(fn, await take(fn));
    }
  }

  async function runOne(fn: LambdaFunction, event: string): Promise<Outcome> {
    const requestId = randomUUID();
    const began = performance.now();
    const instance = await take(fn);
    const outcome = await instance.run(requestId, event);
    giveBack(fn, instance);
    log({
      level: outcome.ok ? "info" : "warn",
      lambda: fn.name,
      requestId,
      durationMs: Math.round(performance.now() - began),
      outcome: outcome.ok ? "ok" : outcome.error.errorType,
    });
    return outcome;
  }

  functions.onChange(provision);
  provision();

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
      closed = true;
      functions.close();
      for (const instance of [...all]) end(instance);
    },
  };
}
