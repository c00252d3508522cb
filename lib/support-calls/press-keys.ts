import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { CallDeps, Customer } from "./deps";
import { readCall } from "./own-calls";

/**
 * What a caller types on their keypad, on route `sip`: pressed at the telephone leg. On route `webrtc` the caller's own browser tells it to the contact
 * centre, as a participant. Kept nowhere: it may be an account number.
 *
 * @param asked.keys `0-9*#`, up to 50.
 */
export async function pressKeys(
  deps: Pick<CallDeps, "db" | "sipBridge">,
  { customer, callId, keys }: { customer: Customer; callId: string; keys: string },
): Promise<
  Result<
    { pressed: number },
    CloudRefusal | { code: "CALL_UNKNOWN" } | { code: "CALL_OVER" } | { code: "KEYS_ELSEWHERE" }
  >
> {
  const found = await readCall(deps, { customer, callId });
  if (!found.ok) return found;
  const { route, endedAt, transactionId } = found.value;
  if (endedAt) return err({ code: "CALL_OVER" });
  if (route !== "sip") return err({ code: "KEYS_ELSEWHERE" });
  // It is just being placed.
  if (!deps.sipBridge || !transactionId) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
  const pressed = await deps.sipBridge.pressKeys(transactionId, keys);
  if (pressed.ok) return ok({ pressed: keys.length });
  return pressed.error.code === "BRIDGE_ENDED" ? err({ code: "CALL_OVER" }) : err(pressed.error);
}
