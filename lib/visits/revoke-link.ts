import { and, eq } from "drizzle-orm";
import { visitSeats, vouchers } from "@/db/schema";
import { finishCleanups } from "@/lib/cleanups/cloud-cleanups";
import type { Actor } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { forgetCodes } from "./link-codes";
import { mayManage } from "./permit";
import type { Forbidden, VisitUnknown } from "./refusals";
import { takeOut } from "./remove-party";
import type { RevokeReason } from "./revoke-reasons";

type RevokeRefusal = Forbidden | VisitUnknown | { code: "LINK_CLOSED" };

/**
 * Takes one link back for good, used or not: from the commit on it opens nothing, and whoever came in by it is out. The person may be sent a
 * new one afterwards.
 */
export async function revokeLink(
  deps: Need<"db" | "clock" | "meetings" | "contactCentre" | "log">,
  {
    actor,
    visitId,
    tokenId,
    reason,
  }: { actor: Actor; visitId: string; tokenId: string; reason: RevokeReason },
): Promise<Result<{ visitId: string; tokenId: string }, RevokeRefusal>> {
  const done = await deps.db.asActor(actor, async (tx): Promise<Result<string[], RevokeRefusal>> => {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) return err({ code: "VISIT_UNKNOWN" });
    if (!mayManage(actor, found.visit)) return err({ code: "FORBIDDEN" });
    if (!isUuid(tokenId)) return err({ code: "LINK_CLOSED" });
    const [link] = await tx
      .select({ expiresAt: vouchers.expiresAt, redeemedAt: vouchers.redeemedAt })
      .from(vouchers)
      .where(and(eq(vouchers.id, tokenId), eq(vouchers.visitId, visitId)));
    if (!link || (!link.redeemedAt && link.expiresAt <= deps.clock.now()))
      return err({ code: "LINK_CLOSED" });
    const { revoked } = await revokeVouchers(deps, tx, {
      visitId,
      tokenId,
      reason,
      actor,
      includeRedeemed: true,
    });
    if (revoked.length === 0) return err({ code: "LINK_CLOSED" });
    await forgetCodes(tx, revoked);
    const [seat] = await tx.select().from(visitSeats).where(eq(visitSeats.voucherId, tokenId));
    const cleanups =
      seat && !seat.removedAt ? await takeOut(deps, tx, { visit: found.visit, seat, actor }) : [];
    await tellChanged(tx, visitId);
    return ok(cleanups);
  });
  if (!done.ok) return done;
  await finishCleanups(deps, done.value);
  return ok({ visitId, tokenId });
}
