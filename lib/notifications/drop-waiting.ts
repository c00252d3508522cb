import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox } from "@/db/schema";
import type { MessageTemplate } from "./message";

/**
 * Takes back what was queued and not yet sent, in the caller's transaction. One that a worker has in hand may still go out.
 * @returns how many of these messages went out before.
 */
export async function dropWaiting(
  tx: Tx,
  { visitId, templates, now }: { visitId: string; templates: MessageTemplate[]; now: Date },
): Promise<{ alreadySent: number }> {
  const mine = and(eq(outbox.visitId, visitId), inArray(outbox.template, templates));
  await tx
    .update(outbox)
    .set({ droppedAt: now, payload: null, claimedUntil: null, failure: "TAKEN_BACK" })
    .where(
      and(
        mine,
        isNull(outbox.sentAt),
        isNull(outbox.failedAt),
        isNull(outbox.droppedAt),
        isNull(outbox.claimedUntil),
      ),
    );
  const left = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(mine, isNull(outbox.droppedAt)));
  return { alreadySent: left.length };
}
