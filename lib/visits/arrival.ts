import { and, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitArrivals, vouchers } from "@/db/schema";
import type { Need } from "./deps";
import { openRow, sealRow } from "./sealed-row";

export type ArrivalRow = typeof visitArrivals.$inferSelect;
/** PHI: sealed at rest, shown to staff who ask, and recorded when they do. */
export type ArrivalDetails = {
  /** Two letters. */
  state: string;
  address: string | null;
  /** E.164. Null: the number on file. */
  callBack: string | null;
  /** As the patient typed it. */
  emergencyContact: { name: string; phone: string } | null;
};

/**
 * What this browser said last of this visit, by whichever link of the patient's: a newer link asks nothing anew. Of a browser that said nothing
 * under its own name, what was said by this very link by one that keeps no cookie. Null: nothing yet.
 */
export async function arrivalBy(
  deps: Need<"keyring">,
  tx: Tx,
  { visitId, voucherId, holder }: { visitId: string; voucherId: string; holder: string },
): Promise<ArrivalRow | null> {
  const own = holder ? inArray(visitArrivals.holderHash, deps.keyring.hashes("holder", holder)) : undefined;
  const [row] = await tx
    .select()
    .from(visitArrivals)
    .where(
      and(
        eq(visitArrivals.visitId, visitId),
        or(and(isNull(visitArrivals.holderHash), eq(visitArrivals.voucherId, voucherId)), own),
      ),
    )
    // Nobody's word replaces that of a browser which can be told from others.
    .orderBy(isNull(visitArrivals.holderHash), desc(visitArrivals.createdAt), desc(visitArrivals.id))
    .limit(1);
  return row ?? null;
}

/**
 * What was said last of this visit: by the browser that spent a link of the patient's, once one has, for it is the one that is in the visit; before,
 * and where it said nothing under its own name, by whichever.
 */
export async function lastArrival(tx: Tx, visitId: string): Promise<ArrivalRow | null> {
  const bySeat = sql`EXISTS (SELECT 1 FROM ${vouchers} v WHERE v.visit_id = visit_arrivals.visit_id AND v.party = 'patient'
    AND v.redeemed_at IS NOT NULL AND v.holder_hash = visit_arrivals.holder_hash)`;
  const [row] = await tx
    .select()
    .from(visitArrivals)
    .where(eq(visitArrivals.visitId, visitId))
    .orderBy(desc(bySeat), desc(visitArrivals.createdAt), desc(visitArrivals.id))
    .limit(1);
  return row ?? null;
}

/** How often something was said. */
export async function arrivalsOf(tx: Tx, visitId: string): Promise<number> {
  return tx.$count(visitArrivals, eq(visitArrivals.visitId, visitId));
}

const placeOf = (id: string) => ({ table: "visit_arrivals", column: "details", id });

export async function sealArrival(
  deps: Need<"cipher">,
  arrivalId: string,
  details: ArrivalDetails,
): Promise<Buffer> {
  return sealRow(deps, placeOf(arrivalId), JSON.stringify(details));
}

export async function openArrival(
  deps: Need<"cipher">,
  { id, details }: Pick<ArrivalRow, "id" | "details">,
): Promise<ArrivalDetails> {
  return JSON.parse(await openRow(deps, placeOf(id), details)) as ArrivalDetails;
}
