import { eq } from "drizzle-orm";
import { connectionChecks } from "@/db/schema";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import { clerk } from "@/lib/kernel/actor";
import { ok, type Result } from "@/lib/kernel/result";
import type { Need } from "./deps";

/**
 * Ends a check's own meeting, at once. An id that nobody has is answered like one whose meeting ended: whoever was told the id is all who can end it.
 */
export async function endConnectionCheck(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  { checkId }: { checkId: string },
): Promise<Result<Record<string, never>, never>> {
  const [check] = await deps.db.asActor(clerk, (tx) =>
    tx
      .select({ cleanupId: connectionChecks.cleanupId })
      .from(connectionChecks)
      .where(eq(connectionChecks.id, checkId)),
  );
  if (check?.cleanupId) await finishCleanups(deps, [check.cleanupId]);
  return ok({});
}
