import { err, ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { CallDeps, CallRow, Customer } from "./deps";
import { readCall } from "./own-calls";
import { openPlace } from "./place";

type Deps = Pick<CallDeps, "db" | "keyring" | "sipBridge" | "contactCentre">;

/**
 * What a caller types on their keypad: by route `webrtc` told to the contact, by route `sip` pressed at the telephone leg. It may be an account number:
 * neither kept nor logged nor recorded.
 *
 * @param asked.keys `0-9*#`, up to 50.
 */
export async function pressKeys(
  deps: Deps,
  { customer, callId, keys }: { customer: Customer; callId: string; keys: string },
): Promise<Result<{ pressed: number }, CloudRefusal | { code: "CALL_UNKNOWN" } | { code: "CALL_OVER" }>> {
  const found = await readCall(deps, { customer, callId });
  if (!found.ok) return found;
  if (found.value.endedAt) return err({ code: "CALL_OVER" });
  const pressed = await pressAt(deps, found.value, keys);
  // It is just being placed.
  if (!pressed) return err({ code: "CLOUD_UNAVAILABLE", retryAfterMs: 1_000 });
  if (pressed.ok) return ok({ pressed: keys.length });
  const { error } = pressed;
  return error.code === "BRIDGE_ENDED" || error.code === "CONTACT_ENDED"
    ? err({ code: "CALL_OVER" })
    : err(error);
}

async function pressAt(deps: Deps, row: CallRow, keys: string) {
  if (row.route === "sip")
    return row.transactionId ? deps.sipBridge?.pressKeys(row.transactionId, keys) : undefined;
  const token = openPlace(deps, row)?.participantToken;
  return token ? deps.contactCentre.pressKeys(token, keys) : undefined;
}
