import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CallDeps, CallRow, Customer } from "./deps";
import { type OwnCall, readOwnCall, toOwnCall } from "./own-calls";

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
  await recordAudit(tx, {
    event: "SUPPORT_CALL_ENDED",
    actor,
    tokenId: callId,
    metadata: { reason, connected: row.connectedAt !== null },
  });
  return row;
}

/** Stops the contact of a call that is over. What fails stays unsettled, and the worker goes on with it. @returns whether nothing is left. */
export async function stopInCloud(
  deps: Pick<CallDeps, "db" | "clock" | "contactCentre" | "log">,
  { id, contactId }: Pick<CallRow, "id" | "contactId">,
): Promise<boolean> {
  const stopped = contactId ? await deps.contactCentre.stopContact(contactId) : ok(undefined);
  if (!stopped.ok) {
    deps.log.warn({ callId: id, refusal: stopped.error.code }, "the contact will be asked again to end");
    return false;
  }
  const settledAt = deps.clock.now();
  await deps.db.asActor(clerk, (tx) =>
    tx.update(supportCalls).set({ settledAt }).where(eq(supportCalls.id, id)),
  );
  return true;
}

/** The caller hangs up. One that is over already stays as it was, and is no refusal. */
export async function endCall(
  deps: Pick<CallDeps, "db" | "clock" | "contactCentre" | "log">,
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
