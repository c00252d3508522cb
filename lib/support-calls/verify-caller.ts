import { recordRefusal } from "@/lib/audit/record-refusal";
import { clerk } from "@/lib/kernel/actor";
import { verifyCallerContext } from "@/lib/vouchers/caller-context";
import type { CallDeps } from "./deps";

/** What the contact flow is told: a flat map of strings, as Connect wants it. Where `auth_status` is not `verified`, nobody is named. */
export type CallerAnswer = {
  auth_status: "verified" | "unverified";
  /** The customer's id in the clinic's own book, else ours. */
  customer_id: string;
  first_name: string;
  tier: string;
  /** Why not; "" when verified. */
  reason:
    | ""
    | "NO_CONTEXT"
    | "TOKEN_INVALID"
    | "TOKEN_EXPIRED"
    | "TOKEN_REUSED"
    | "CALL_OVER"
    | "NO_RECORD"
    | "UNAVAILABLE";
};

type Row = {
  outcome: "first" | "again" | "reused" | "expired" | "over" | "no-record" | "unknown";
  customer_id: string | null;
  first_name: string | null;
  tier: string | null;
};
const reasons = {
  reused: "TOKEN_REUSED",
  expired: "TOKEN_EXPIRED",
  over: "CALL_OVER",
  "no-record": "NO_RECORD",
  unknown: "TOKEN_INVALID",
} as const;

/** Who it is, nobody vouches for: the flow goes on to ask. */
export const unverified = (reason: Exclude<CallerAnswer["reason"], "">): CallerAnswer => ({
  auth_status: "unverified",
  customer_id: "",
  first_name: "",
  tier: "",
  reason,
});

/**
 * Verifies the signed caller context of a contact and binds it to that contact: the first time for good, and the same answer for whatever
 * that contact asks again. Every refusal is recorded, none is thrown; throws only when database or vault cannot be reached.
 *
 * @param asked.token what came with the contact; "" where nothing did. @param asked.contactId from the contact centre's own event.
 * @see seed 0, step 4.
 */
export async function verifyCaller(
  deps: Pick<CallDeps, "db" | "clock" | "signer">,
  { token, contactId }: { token: string; contactId: string },
): Promise<CallerAnswer> {
  if (token === "" || contactId === "") return unverified("NO_CONTEXT");
  const verified = await verifyCallerContext(deps.signer, token, deps.clock.now());
  if (!verified.ok) {
    await recordRefusal(deps, {
      event: "CALLER_NOT_VERIFIED",
      actor: clerk,
      metadata: { contact: contactId },
      errorCode: "TOKEN_INVALID",
    });
    return unverified("TOKEN_INVALID");
  }
  const { callId, customerId } = verified.value;
  const [row] = await deps.db.call<Row>("caller_verify", [callId, customerId, contactId]);
  if (!row) throw new Error("caller_verify always answers one row");
  if (row.outcome !== "first" && row.outcome !== "again") return unverified(reasons[row.outcome]);
  return {
    auth_status: "verified",
    customer_id: row.customer_id ?? "",
    first_name: row.first_name ?? "",
    tier: row.tier ?? "",
    reason: "",
  };
}
