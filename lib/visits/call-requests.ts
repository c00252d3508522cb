import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { callRequests } from "@/db/schema";
import type { Need } from "./deps";
import { openRow, sealRow } from "./sealed-row";

type CallRow = typeof callRequests.$inferSelect;

const placeOf = (id: string) => ({ table: "call_requests", column: "number", id });

export async function sealNumber(deps: Need<"cipher">, requestId: string, number: string): Promise<Buffer> {
  return sealRow(deps, placeOf(requestId), number);
}

/** E.164; null: the number on file. */
export async function openNumber(
  deps: Need<"cipher">,
  { id, number }: Pick<CallRow, "id" | "number">,
): Promise<string | null> {
  return number && openRow(deps, placeOf(id), number);
}

/** The newest that nobody has seen to, as far as the caller may see it. */
export async function openRequest(tx: Tx, visitId: string): Promise<CallRow | null> {
  const [row] = await tx
    .select()
    .from(callRequests)
    .where(and(eq(callRequests.visitId, visitId), isNull(callRequests.doneAt)))
    .orderBy(desc(callRequests.createdAt), desc(callRequests.id))
    .limit(1);
  return row ?? null;
}

/**
 * Since when a patient waits for a call; a column for queries on `video_visits`. Its id is written out: in a query on one table alone
 * drizzle leaves the table's name away, and "id" would be the request's own.
 */
export const callAskedSince = sql<string | null>`(
  SELECT min(r.created_at) FROM ${callRequests} r WHERE r.visit_id = video_visits.id AND r.done_at IS NULL)`;

/** A number that rises with each request and each that was seen to. */
export async function callChanges(tx: Tx, visitId: string): Promise<number> {
  const [row] = await tx
    .select({ known: sql<number>`(count(*) + count(${callRequests.doneAt}))::int` })
    .from(callRequests)
    .where(eq(callRequests.visitId, visitId));
  return row?.known ?? 0;
}
