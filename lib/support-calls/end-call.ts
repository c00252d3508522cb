import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CloudRefusal } from "@/lib/ports/meetings";
import type { CallDeps, CallRow, Customer } from "./deps";
import { type OwnCall, readOwnCall, toOwnCall } from "./own-calls";

/** In that time a call by route `sip` has arrived and its flow has asked about its proof. Milliseconds. */
const checkedWithinMs = 10_000;

/**
 * Marks a call as over, once, with its record; what opened its meeting is forgotten. What it left in the cloud is ended afterwards
 * (`stopInCloud`, and the worker if that fails). @returns the row, or null: it was over already.
 */
export async function closeCall(
  tx: Tx,
  {
    callId,
    actor,
    reason,
    at,
    settled,
  }: {
    callId: string;
    actor: Actor;
    reason: NonNullable<CallRow["endReason"]>;
    at: Date;
    /** Nothing of it is left in the cloud. */
    settled: boolean;
  },
): Promise<CallRow | null> {
  const [row] = await tx
    .update(supportCalls)
    .set({ endedAt: at, endReason: reason, place: null, settledAt: settled ? at : null })
    .where(and(eq(supportCalls.id, callId), isNull(supportCalls.endedAt)))
    .returning();
  if (!row) return null;
  if (wasUnchecked(row, at))
    await recordAudit(tx, {
      event: "CALLER_NOT_VERIFIED",
      actor,
      tokenId: callId,
      success: false,
      errorCode: "UNAVAILABLE",
    });
  await recordAudit(tx, {
    event: "SUPPORT_CALL_ENDED",
    actor,
    tokenId: callId,
    metadata: { reason, connected: row.connectedAt !== null },
  });
  return row;
}

/** By route `sip` nobody knows the contact until its context arrives. Where none ever did, the function that reads it was slow, down or answered nonsense. */
function wasUnchecked(
  { transactionId, boundContact, arrivedContact, createdAt }: CallRow,
  at: Date,
): boolean {
  if (!transactionId || boundContact || arrivedContact) return false;
  return at.getTime() - createdAt.getTime() >= checkedWithinMs;
}

type CloudDeps = Pick<CallDeps, "db" | "clock" | "contactCentre" | "meetings" | "sipBridge" | "log">;
type InCloud = Pick<CallRow, "id" | "contactId" | "boundContact" | "transactionId" | "meetingId">;

/**
 * Stops what a call that is over left in the cloud: its contact; by route `sip` both of its legs, and its meeting. What fails stays unsettled, and the
 * worker goes on with it. @returns whether nothing is left.
 */
export async function stopInCloud(deps: CloudDeps, row: InCloud): Promise<boolean> {
  const stopped = await stopAll(deps, row);
  if (!stopped.ok) {
    deps.log.warn({ callId: row.id, refusal: stopped.error.code }, "the cloud will be asked again to end it");
    return false;
  }
  const settledAt = deps.clock.now();
  await deps.db.asActor(clerk, (tx) =>
    tx.update(supportCalls).set({ settledAt }).where(eq(supportCalls.id, row.id)),
  );
  return true;
}

async function stopAll(
  { contactCentre, meetings, sipBridge }: CloudDeps,
  { contactId, boundContact, transactionId, meetingId }: InCloud,
): Promise<Result<void, CloudRefusal>> {
  if (contactId) return contactCentre.stopContact(contactId);
  // All at once: the agent is free as soon as the first of them is heard, and where one is away the others end the call.
  const stopped = await Promise.all([
    boundContact ? contactCentre.stopContact(boundContact) : ok(undefined),
    transactionId && sipBridge ? sipBridge.hangUp(transactionId) : ok(undefined),
    meetingId ? meetings.end(meetingId) : ok(undefined),
  ]);
  return stopped.find((one) => !one.ok) ?? ok(undefined);
}

/** The caller hangs up. One that is over already stays as it was, and is no refusal. */
export async function endCall(
  deps: CloudDeps,
  { customer, callId }: { customer: Customer; callId: string },
): Promise<Result<OwnCall, { code: "CALL_UNKNOWN" }>> {
  const own = await readOwnCall(deps, { customer, callId });
  if (!own.ok || own.value.status === "ended") return own;
  const at = deps.clock.now();
  const closed = await deps.db.asActor(clerk, (tx) =>
    closeCall(tx, { callId: own.value.callId, actor: customer, reason: "hung-up", at, settled: false }),
  );
  if (!closed) return readOwnCall(deps, { customer, callId });
  await stopInCloud(deps, closed);
  return ok(toOwnCall(closed));
}

/** A site's word counts no more: what was begun by it is over. The worker ends in the cloud what that left. */
export async function endCallsOfSite(
  { db, clock }: Pick<CallDeps, "db" | "clock">,
  { actor, siteId }: { actor: Actor; siteId: string },
): Promise<void> {
  await db.asActor(clerk, async (tx) => {
    const open = await tx
      .select({ callId: supportCalls.id })
      .from(supportCalls)
      .where(and(eq(supportCalls.siteId, siteId), isNull(supportCalls.endedAt)));
    for (const { callId } of open)
      await closeCall(tx, { callId, actor, reason: "over", at: clock.now(), settled: false });
  });
}
