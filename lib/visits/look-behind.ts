import type { Db } from "@/db/as-actor";
import type { FoundVoucher } from "@/lib/vouchers/row";
import type { VisitInstants } from "./status";

/** What the holder of a proved link may know of its visit. */
export type VisitBehind = VisitInstants & {
  id: string;
  scheduledAt: Date;
  durationMinutes: number;
  /** First name alone. */
  clinicianName: string;
};

type Row = FoundVoucher & {
  scheduled_at: string;
  duration_minutes: number;
  clinician_name: string;
  started_at: string | null;
  ended_at: string | null;
  cancelled_at: string | null;
  no_show_at: string | null;
};

const instant = (text: string | null) => (text === null ? null : new Date(text));

/**
 * The voucher and the visit behind it in one statement and no transaction: the look before joining is the busiest thing that a link does.
 * Only for an id whose token was verified.
 */
export async function lookBehind(
  db: Db,
  voucherId: string,
): Promise<{ voucher: FoundVoucher; visit: VisitBehind } | null> {
  const [row] = await db.call<Row>("voucher_look", [voucherId]);
  if (!row) return null;
  return {
    voucher: row,
    visit: {
      id: row.visit_id,
      scheduledAt: new Date(row.scheduled_at),
      durationMinutes: row.duration_minutes,
      clinicianName: row.clinician_name,
      startedAt: instant(row.started_at),
      endedAt: instant(row.ended_at),
      cancelledAt: instant(row.cancelled_at),
      noShowAt: instant(row.no_show_at),
    },
  };
}
