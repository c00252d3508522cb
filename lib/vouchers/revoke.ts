import { and, eq, isNull, ne } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { vouchers } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Party } from "@/lib/kernel/party";

export type RevokeRequest = {
  visitId: string;
  /** Only this party's; default everybody's. */
  party?: Party;
  /** Only this person's: two guests may have one role. */
  subject?: string;
  /** Only this one. */
  tokenId?: string;
  /** A voucher's id to leave alone: the one that replaces the others. */
  except?: string;
  /** For the audit; never PHI. */
  reason: string;
  actor: Actor;
  /** Also those in use: their holders cannot come back. Default: only unused ones (seed 4). */
  includeRedeemed?: boolean;
};

/** Revokes a visit's vouchers for good, inside the caller's transaction. @returns the ids it revoked. */
export async function revokeVouchers(
  deps: { clock: Clock },
  tx: Tx,
  request: RevokeRequest,
): Promise<{ revoked: string[] }> {
  const rows = await tx
    .update(vouchers)
    .set({ revokedAt: deps.clock.now(), revokeReason: request.reason })
    .where(
      and(
        eq(vouchers.visitId, request.visitId),
        isNull(vouchers.revokedAt),
        request.includeRedeemed ? undefined : isNull(vouchers.redeemedAt),
        request.party ? eq(vouchers.party, request.party) : undefined,
        request.subject ? eq(vouchers.subject, request.subject) : undefined,
        request.tokenId ? eq(vouchers.id, request.tokenId) : undefined,
        request.except ? ne(vouchers.id, request.except) : undefined,
      ),
    )
    .returning({ id: vouchers.id });
  for (const { id } of rows) {
    await recordAudit(tx, {
      event: "TOKEN_REVOKED",
      actor: request.actor,
      visitId: request.visitId,
      tokenId: id,
      metadata: { reason: request.reason },
    });
  }
  return { revoked: rows.map((row) => row.id) };
}
