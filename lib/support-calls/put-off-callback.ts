import { eq } from "drizzle-orm";
import { supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { tellCallback } from "./callback-changed";
import type { CallDeps, Customer } from "./deps";
import { dueAgain } from "./due-again";
import { isOpenOf, type OwnCallbacks, readOwnCallbacks } from "./own-callback";

/**
 * A customer whom an agent is calling can't pick up now: it goes back for a quarter of an hour, no try is counted, and the agent's desk is told. Where
 * nobody is calling, nothing changes.
 */
export async function putOffCallback(
  deps: Pick<CallDeps, "db" | "clock">,
  { customer }: { customer: Customer },
): Promise<OwnCallbacks> {
  await deps.db.asActor(clerk, async (tx) => {
    const [open] = await tx.select().from(supportCallbacks).where(isOpenOf(customer.id)).for("update");
    if (!open?.takenBy) return;
    await tx
      .update(supportCallbacks)
      .set({ takenBy: null, takenAt: null, ...dueAgain(open, deps.clock.now()) })
      .where(eq(supportCallbacks.id, open.id));
    await recordAudit(tx, { event: "CALLBACK_PUT_OFF", actor: customer, tokenId: open.id });
    await tellCallback(tx, customer.id);
  });
  return readOwnCallbacks(deps, { customer });
}
