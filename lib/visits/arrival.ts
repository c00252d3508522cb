import { and, desc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { visitArrivals } from "@/db/schema";
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
 * What this browser said last of this visit, by whichever link of the patient's: a newer link asks nothing anew. Of a browser that keeps no
 * cookie, what was said by this very link. Null: nothing yet.
 */
export async function arrivalBy(
  deps: Need<"keyring">,
  tx: Tx,
  { visitId, voucherId, holder }: { visitId: string; voucherId: string; holder: string },
): Promise<ArrivalRow | null> {
  const [row] = await tx
    .select()
    .from(visitArrivals)
    .where(
      and(
        eq(visitArrivals.visitId, visitId),
        or(
          and(isNull(visitArrivals.holderHash), eq(visitArrivals.voucherId, voucherId)),
          holder ? inArray(visitArrivals.holderHash, deps.keyring.hashes("holder", holder)) : undefined,
        ),
      ),
    )
    .orderBy(desc(visitArrivals.createdAt), desc(visitArrivals.id))
    .limit(1);
  return row ?? null;
}

/** What was said last of this visit, by whichever link. */
export async function lastArrival(tx: Tx, visitId: string): Promise<ArrivalRow | null> {
  const [row] = await tx
    .select()
    .from(visitArrivals)
    .where(eq(visitArrivals.visitId, visitId))
    .orderBy(desc(visitArrivals.createdAt), desc(visitArrivals.id))
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
