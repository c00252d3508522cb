import { and, eq, isNull } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { CallDeps, Customer } from "./deps";
import { type OwnCall, readCall, toOwnCall } from "./own-calls";

/**
 * The caller's page is still there. Said once, it is to be said again every 15 seconds: a call whose page falls silent is ended after about a minute
 * (`reconcile-calls.ts`), so that no agent talks to nobody. A program that never says it is not expected to. Not recorded: it happens all the time.
 */
export async function sayHere(
  deps: Pick<CallDeps, "db" | "clock">,
  asked: { customer: Customer; callId: string },
): Promise<Result<OwnCall, { code: "CALL_UNKNOWN" }>> {
  const found = await readCall(deps, asked);
  if (!found.ok) return found;
  if (!found.value.endedAt)
    await deps.db.asActor(clerk, (tx) =>
      tx
        .update(supportCalls)
        .set({ hereAt: deps.clock.now(), silentSince: null })
        .where(and(eq(supportCalls.id, found.value.id), isNull(supportCalls.endedAt))),
    );
  return ok(toOwnCall(found.value));
}
