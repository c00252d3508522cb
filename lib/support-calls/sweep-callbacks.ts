import { and, asc, eq, isNotNull, isNull, lte } from "drizzle-orm";
import { supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { sweeper } from "@/lib/kernel/actor";
import { tellCallback } from "./callback-changed";
import type { CallDeps } from "./deps";
import { type TextDeps, textOfCallback } from "./tell-callback-by-text";

/** A promise is kept so much later rather than broken. Milliseconds. */
const graceMs = 30 * 60_000;
/** Nobody calls for so long: whoever took it forgot it, and another may. Milliseconds. */
const takenMaxMs = 60 * 60_000;
/** News that we did not call are of use for a day. Milliseconds. */
const newsMs = 24 * 3_600_000;
const batch = 50;

type Deps = Pick<CallDeps, "db" | "clock"> & TextDeps;

/** For the worker: callbacks that nobody took in time are closed and their customers told; those that an agent forgot go back. @returns how many changed. */
export async function sweepCallbacks(deps: Deps): Promise<number> {
  const now = deps.clock.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  return deps.db.asActor(sweeper, async (tx) => {
    const forgotten = await tx
      .select()
      .from(supportCallbacks)
      .where(
        and(
          isNull(supportCallbacks.closedAt),
          isNotNull(supportCallbacks.takenBy),
          lte(supportCallbacks.takenAt, before(takenMaxMs)),
        ),
      )
      .limit(batch)
      .for("update", { skipLocked: true });
    for (const { id, customerId } of forgotten) {
      await tx
        .update(supportCallbacks)
        .set({ takenBy: null, takenAt: null })
        .where(eq(supportCallbacks.id, id));
      await recordAudit(tx, { event: "CALLBACK_PUT_BACK", actor: sweeper, tokenId: id });
      await tellCallback(tx, customerId);
    }
    const late = await tx
      .select()
      .from(supportCallbacks)
      .where(
        and(
          isNull(supportCallbacks.closedAt),
          isNull(supportCallbacks.takenBy),
          lte(supportCallbacks.dueUntil, before(graceMs)),
        ),
      )
      .orderBy(asc(supportCallbacks.dueUntil))
      .limit(batch)
      .for("update", { skipLocked: true });
    for (const { id, customerId } of late) {
      await tx
        .update(supportCallbacks)
        .set({ closedAt: now, outcome: "expired" })
        .where(eq(supportCallbacks.id, id));
      await recordAudit(tx, { event: "CALLBACK_EXPIRED", actor: sweeper, tokenId: id });
      await textOfCallback(deps, tx, {
        template: "callback-expired",
        customerId,
        uselessAt: new Date(now.getTime() + newsMs),
        actor: sweeper,
      });
      await tellCallback(tx, customerId);
    }
    return forgotten.length + late.length;
  });
}
