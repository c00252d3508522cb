import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { outbox, videoVisits, vouchers } from "@/db/schema";
import type { PatientRow } from "./entry";

/** A patient's link that still opens its visit, and went by `kinds` to a contact that is not on file any more. */
export type OldLink = { visitId: string; scheduledAt: string; kinds: ("sms" | "email")[] };

/**
 * A change of contact takes no link back by itself: whoever reads the old number or address can still open what was sent there. These are
 * they, by their visits, until a newer link takes their place.
 */
export async function oldLinksOf(
  tx: Tx,
  { id, phone, email }: Pick<PatientRow, "id" | "phone" | "email">,
  now: Date,
): Promise<OldLink[]> {
  const onFile = sql`CASE ${outbox.kind} WHEN 'sms' THEN ${phone}::text ELSE ${email}::text END`;
  const rows = await tx
    .selectDistinct({ visitId: videoVisits.id, scheduledAt: videoVisits.scheduledAt, kind: outbox.kind })
    .from(videoVisits)
    .innerJoin(vouchers, eq(vouchers.visitId, videoVisits.id))
    .innerJoin(outbox, and(eq(outbox.visitId, videoVisits.id), eq(outbox.voucherId, vouchers.id)))
    .where(
      and(
        eq(videoVisits.patientId, id),
        isNull(videoVisits.endedAt),
        isNull(videoVisits.cancelledAt),
        isNull(videoVisits.noShowAt),
        eq(vouchers.party, "patient"),
        isNull(vouchers.revokedAt),
        isNull(vouchers.redeemedAt),
        gt(vouchers.expiresAt, now),
        isNull(outbox.droppedAt),
        isNull(outbox.failedAt),
        sql`lower(${outbox.recipient}) IS DISTINCT FROM lower(${onFile})`,
      ),
    )
    .orderBy(asc(videoVisits.scheduledAt), asc(videoVisits.id), asc(outbox.kind));
  const byVisit = new Map<string, OldLink>();
  for (const { visitId, scheduledAt, kind } of rows) {
    const link = byVisit.get(visitId) ?? { visitId, scheduledAt: scheduledAt.toISOString(), kinds: [] };
    link.kinds.push(kind);
    byVisit.set(visitId, link);
  }
  return [...byVisit.values()];
}
