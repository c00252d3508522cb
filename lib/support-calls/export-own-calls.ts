import { inArray } from "drizzle-orm";
import { supportCallRatings } from "@/db/schema";
import type { CallDeps, Customer } from "./deps";
import { listOwnCalls, type PastOwnCall } from "./own-calls";
import { openWords } from "./sealed-words";

/** A call as its caller takes it along: with their own words on how it was. */
export type ExportedCall = PastOwnCall & { words: string | null };

/** A page of a customer's own calls, whole, the newest first. */
export async function exportOwnCalls(
  deps: Pick<CallDeps, "db" | "cipher">,
  asked: { customer: Customer; cursor?: string; limit?: number },
): Promise<{ calls: ExportedCall[]; nextCursor: string | null }> {
  const { calls, nextCursor } = await listOwnCalls(deps, asked);
  const rated = calls.flatMap(({ callId, stars }) => (stars === null ? [] : [callId]));
  const rows = await deps.db.asActor(asked.customer, async (tx) =>
    rated.length === 0
      ? []
      : tx.select().from(supportCallRatings).where(inArray(supportCallRatings.callId, rated)),
  );
  const words = new Map<string, string>();
  for (const { callId, words: sealed } of rows)
    if (sealed) words.set(callId, await openWords(deps, callId, sealed));
  return { calls: calls.map((call) => ({ ...call, words: words.get(call.callId) ?? null })), nextCursor };
}
