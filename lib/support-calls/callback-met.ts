import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import { tellCallback } from "./callback-changed";
import { isOpenOf } from "./own-callback";

/**
 * Whoever waits to be called back in turn and gets through by calling waits no longer. A promised hour stays promised, and so does what an agent has
 * taken: they are calling.
 */
export async function callbackMet(
  tx: Tx,
  { customerId, actor, at }: { customerId: string; actor: Actor; at: Date },
): Promise<void> {
  const met = await tx
    .update(supportCallbacks)
    .set({ closedAt: at, outcome: "cancelled" })
    .where(and(isOpenOf(customerId), eq(supportCallbacks.inTurn, true), isNull(supportCallbacks.takenBy)))
    .returning({ id: supportCallbacks.id });
  for (const { id } of met) {
    await recordAudit(tx, {
      event: "CALLBACK_CANCELLED",
      actor,
      tokenId: id,
      metadata: { because: "got-through" },
    });
    await tellCallback(tx, customerId);
  }
}
