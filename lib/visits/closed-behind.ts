import type { Origin } from "@/lib/kernel/actor";
import type { VoucherRefusal } from "@/lib/vouchers/voucher";
import type { Need } from "./deps";
import { findVisit } from "./find-visit";
import { closedRefusal, type VisitClosed } from "./refusals";
import { statusOf } from "./status";

/**
 * Why a link was revoked, where the visit's own closing is the reason: that helps its holder more than "revoked" would. Null otherwise.
 * Only who presented the whole link gets here.
 */
export async function closedBehind(
  deps: Need<"db">,
  refusal: VoucherRefusal,
  origin: Origin,
): Promise<VisitClosed | null> {
  if (refusal.code !== "TOKEN_REVOKED") return null;
  const { id: voucherId, visitId, party } = refusal.voucher;
  const found = await deps.db.asActor({ kind: "link", voucherId, visitId, party, origin }, (tx) =>
    findVisit(tx, visitId),
  );
  return found && closedRefusal(statusOf(found.visit), found.visit);
}
