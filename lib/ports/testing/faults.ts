import { err } from "@/lib/kernel/result";
import type { CloudRefusal } from "../meetings";

/** What a test does to an adapter: `throttle` and `outage` are refusals, `crash` is the process dying at that point. */
export type Fault = "throttle" | "outage" | "crash";
/** `before`: the cloud never heard of the call. `after`: it did the work, and the answer was lost. */
type Planned = { call: string; fault: Fault; when: "before" | "after"; times: number };

export class Crash extends Error {
  override name = "Crash";
}

/** A list of faults yet to happen, and of the calls that came. */
export function faultPlan() {
  const planned: Planned[] = [];
  const calls: string[] = [];

  function take(call: string, when: "before" | "after"): Fault | null {
    const next = planned.find((one) => one.call === call && one.when === when && one.times > 0);
    if (!next) return null;
    next.times -= 1;
    return next.fault;
  }

  function strike(fault: Fault): { ok: false; error: CloudRefusal } {
    if (fault === "crash") throw new Crash("the process died here");
    if (fault === "throttle") return err({ code: "CLOUD_THROTTLED", retryAfterMs: 2_000 });
    return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 3_000 });
  }

  return {
    calls,
    fail(call: string, fault: Fault, { when = "before" as "before" | "after", times = 1 } = {}): void {
      planned.push({ call, fault, when, times });
    },
    heal(): void {
      planned.length = 0;
    },
    /** Runs one call of an adapter under this plan. */
    async around<T>(call: string, work: () => T): Promise<T | { ok: false; error: CloudRefusal }> {
      calls.push(call);
      const before = take(call, "before");
      if (before) return strike(before);
      const answer = work();
      const after = take(call, "after");
      return after ? strike(after) : answer;
    },
  };
}
export type FaultPlan = ReturnType<typeof faultPlan>;
