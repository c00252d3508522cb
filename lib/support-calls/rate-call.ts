import { eq } from "drizzle-orm";
import { supportCallRatings } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { err, ok, type Result } from "@/lib/kernel/result";
import type { CallDeps, Customer } from "./deps";
import { readOwnCall } from "./own-calls";
import { sealWords } from "./sealed-words";

/** How a call was, from whoever made it, once somebody had answered and it is over. The first answer counts: another changes nothing, and is answered with the first. */
export async function rateCall(
  deps: Pick<CallDeps, "db" | "clock" | "cipher">,
  { customer, callId, stars, words }: { customer: Customer; callId: string; stars: number; words?: string },
): Promise<Result<{ stars: number }, { code: "CALL_UNKNOWN" } | { code: "CALL_NOT_RATEABLE" }>> {
  const call = await readOwnCall(deps, { customer, callId });
  if (!call.ok) return call;
  if (call.value.status !== "ended" || !call.value.connectedAt) return err({ code: "CALL_NOT_RATEABLE" });
  const sealed = words ? await sealWords(deps, call.value.callId, words) : null;
  return deps.db.asActor(customer, async (tx) => {
    const made = await tx
      .insert(supportCallRatings)
      .values({ callId: call.value.callId, stars, words: sealed, ratedAt: deps.clock.now() })
      .onConflictDoNothing()
      .returning({ stars: supportCallRatings.stars });
    if (made.length === 0) {
      const [first] = await tx.select().from(supportCallRatings).where(eq(supportCallRatings.callId, callId));
      return ok({ stars: first?.stars ?? stars });
    }
    await recordAudit(tx, {
      event: "SUPPORT_CALL_RATED",
      actor: customer,
      tokenId: callId,
      metadata: { stars, words: sealed !== null },
    });
    return ok({ stars });
  });
}
