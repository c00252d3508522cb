import { randomUUID } from "node:crypto";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "../meetings";
import type { SipBridge } from "../sip-bridge";
import { type FaultPlan, faultPlan } from "./faults";

type Bridged = { meetingId: string; joinToken: string; callerContext: string; keys: string; over: boolean };
export type MemorySipBridge = SipBridge & { faults: FaultPlan; calls: Map<string, Bridged> };

/** A bridge without a telephone network, for tests. */
export function memorySipBridge(): MemorySipBridge {
  const faults = faultPlan();
  const calls = new Map<string, Bridged>();
  return {
    faults,
    calls,
    start: (request) =>
      faults.around("start", () => {
        const transactionId = randomUUID();
        calls.set(transactionId, { ...request, keys: "", over: false });
        return ok({ transactionId });
      }),
    pressKeys: (transactionId, keys) =>
      faults.around("pressKeys", (): Result<void, CloudRefusal | { code: "BRIDGE_ENDED" }> => {
        const call = calls.get(transactionId);
        if (!call || call.over) return err({ code: "BRIDGE_ENDED" });
        call.keys += keys;
        return ok(undefined);
      }),
    hangUp: (transactionId) =>
      faults.around("hangUp", () => {
        const call = calls.get(transactionId);
        if (call) call.over = true;
        return ok(undefined);
      }),
  };
}
