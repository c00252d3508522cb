import { and, asc, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { videoVisits, visitSeats, vouchers } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import { tellChanged } from "./changed";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { forgetCodes } from "./link-codes";
import { takeOut } from "./remove-party";

/**
 * Ends every link by which a clinician may come into a visit that is not over, and takes them out of one that they are in. The visits stay as
 * they are: somebody must move or cancel them. In the caller's transaction. @returns ids for `finishCleanups`, once committed.
 */
export async function shutOutClinician(
  deps: Need<"clock">,
  tx: Tx,
  { clinicianId, actor }: { clinicianId: string; actor: Actor },
): Promise<string[]> {
  const visits = await tx
    .selectDistinct({ id: videoVisits.id })
    .from(videoVisits)
    .innerJoin(vouchers, eq(vouchers.visitId, videoVisits.id))
    .where(
      and(
        eq(videoVisits.clinicianId, clinicianId),
        isNull(videoVisits.endedAt),
        isNull(videoVisits.cancelledAt),
        isNull(videoVisits.noShowAt),
        eq(vouchers.subject, clinicianId),
        eq(vouchers.party, "clinician"),
        isNull(vouchers.revokedAt),
      ),
    )
    .orderBy(asc(videoVisits.id));
  const cleanups: string[] = [];
  for (const { id: visitId } of visits) {
    const found = await findVisit(tx, visitId, { lock: true });
    if (!found) continue;
    const { revoked } = await revokeVouchers(deps, tx, {
      visitId,
      party: "clinician",
      subject: clinicianId,
      reason: "suspended",
      actor,
      includeRedeemed: true,
    });
    await forgetCodes(tx, revoked);
    for (const tokenId of revoked) {
      const [seat] = await tx.select().from(visitSeats).where(eq(visitSeats.voucherId, tokenId));
      if (seat && !seat.removedAt)
        cleanups.push(...(await takeOut(deps, tx, { visit: found.visit, seat, actor })));
    }
    await tellChanged(tx, visitId);
  }
  return cleanups;
}
