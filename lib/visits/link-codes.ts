import { and, desc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { linkCodes, vouchers } from "@/db/schema";
import type { Actor } from "@/lib/kernel/actor";
import type { GuestRole, Principal } from "@/lib/kernel/party";
import { issueVoucher } from "@/lib/vouchers/issue";
import { revokeVouchers } from "@/lib/vouchers/revoke";
import type { JoinLink } from "./answers";
import type { Need } from "./deps";
import type { VisitRow } from "./find-visit";

export type IssueLinkDeps = Need<"clock" | "keyring" | "signer" | "env">;
/** Whose link: of several guests in one role, each has their own. */
export type Whose = { party: Principal } | { party: GuestRole; guestId: string };
/** A link as a message carries it. */
export type LiveLink = { tokenId: string; url: string; expiresAt: Date };

const aad = (voucherId: string) => `link-code ${voucherId}`;

/** Where a short code leads. The code is all that the address says: no name, no visit. */
function joinUrl(deps: Need<"env">, code: string): string {
  return `${deps.env.VIDEO_JOIN_URL}/j/${code}`;
}

/**
 * A new join link of one party. Revokes that party's older link where nobody has spent it; a spent one goes on, for somebody may be
 * inside by it. Keeps the code sealed until the link is spent, so that reminders can carry it.
 */
export async function issueLink(
  deps: IssueLinkDeps,
  tx: Tx,
  {
    visit,
    expiresAt,
    reason,
    actor,
    ...whose
  }: { visit: VisitRow; expiresAt: Date; reason: string; actor: Actor } & Whose,
): Promise<JoinLink> {
  const { party } = whose;
  const guestId = "guestId" in whose ? whose.guestId : undefined;
  const { revoked } = await revokeVouchers(deps, tx, {
    visitId: visit.id,
    party,
    ...(guestId && { subject: guestId }),
    reason,
    actor,
  });
  await forgetCodes(tx, revoked);
  const issued = await issueVoucher(deps, tx, {
    kind: "visit-link",
    visitId: visit.id,
    party,
    subject: guestId ?? (party === "patient" ? visit.patientId : visit.clinicianId),
    expiresAt,
    actor,
  });
  const sealed = deps.keyring.seal("outbox-payload", issued.code, aad(issued.tokenId));
  await tx.insert(linkCodes).values({ voucherId: issued.tokenId, sealed });
  return {
    token: issued.token,
    link: joinUrl(deps, issued.code),
    expiresAt: issued.expiresAt.toISOString(),
    tokenId: issued.tokenId,
  };
}

/** Their newest link that still opens, to be sent (again). Null: there is none. */
export async function liveLink(
  deps: Need<"clock" | "keyring" | "env">,
  tx: Tx,
  visitId: string,
  whose: Whose,
): Promise<LiveLink | null> {
  const [found] = await tx
    .select({ id: vouchers.id, expiresAt: vouchers.expiresAt, sealed: linkCodes.sealed })
    .from(vouchers)
    .innerJoin(linkCodes, eq(linkCodes.voucherId, vouchers.id))
    .where(
      and(
        eq(vouchers.visitId, visitId),
        eq(vouchers.party, whose.party),
        "guestId" in whose ? eq(vouchers.subject, whose.guestId) : undefined,
        isNull(vouchers.revokedAt),
        isNull(vouchers.redeemedAt),
        gt(vouchers.expiresAt, deps.clock.now()),
      ),
    )
    .orderBy(desc(vouchers.issuedAt))
    .limit(1);
  if (!found) return null;
  const code = deps.keyring.unseal("outbox-payload", found.sealed, aad(found.id)).toString("utf8");
  return { tokenId: found.id, url: joinUrl(deps, code), expiresAt: found.expiresAt };
}

export async function forgetCodes(tx: Tx, voucherIds: readonly string[]): Promise<void> {
  if (voucherIds.length > 0) await tx.delete(linkCodes).where(inArray(linkCodes.voucherId, [...voucherIds]));
}

/** For the worker: codes of links that no longer open serve nobody. @returns how many went. */
export async function sweepCodes(tx: Tx, now: Date): Promise<number> {
  const spent = tx
    .select({ id: vouchers.id })
    .from(vouchers)
    .innerJoin(linkCodes, eq(linkCodes.voucherId, vouchers.id))
    .where(
      or(
        lt(vouchers.expiresAt, now),
        sql`${vouchers.redeemedAt} IS NOT NULL`,
        sql`${vouchers.revokedAt} IS NOT NULL`,
      ),
    )
    .limit(500);
  return (
    await tx
      .delete(linkCodes)
      .where(inArray(linkCodes.voucherId, spent))
      .returning({ id: linkCodes.voucherId })
  ).length;
}
