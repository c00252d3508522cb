import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Party } from "@/lib/kernel/party";

/** What one entry may know, as far as its kind has it. Instants are ISO 8601. */
type HappenedFacts = {
  /** Of a message, how it went; of what a patient asks, which. */
  kind?: string;
  template?: string;
  /** Masked. */
  to?: string;
  minutes?: number;
  preset?: string | null;
  /** Why a link was taken back, or a message did not arrive. */
  reason?: string;
  outcome?: string;
  /** Where the visit stands after it, and stood before. */
  scheduledAt?: string;
  durationMinutes?: number;
  wasAt?: string;
  wasMinutes?: number;
  /** Only where it is another than before. */
  clinician?: string;
  /** Why it was cancelled. */
  why?: string;
  seconds?: number;
  /** Of a visit's end: the clinician wrote some. */
  notes?: boolean;
};
export type Happened = {
  id: string;
  event: string;
  at: Date;
  /** Who acted, by their role: upper case, as recorded. */
  role: string;
  /** The colleague or the key that acted; null: somebody by a link, or nobody. */
  who: string | null;
  /** Whom it is about. */
  party: Party | null;
  /** A guest's name. */
  whom: string | null;
  facts: HappenedFacts;
  success: boolean;
  error: string | null;
};

/**
 * What happened to one visit, newest first, for whoever runs the book, its own clinician and the audit's readers; others get nothing. The
 * database decides both who and what (`visit_time_line`): no address, no browser, no hash, nothing of who read what.
 */
export async function visitTimeLine(
  deps: { db: Db },
  { actor, visitId, limit = 200 }: { actor: Actor; visitId: string; limit?: number },
): Promise<Happened[]> {
  const rows = await deps.db.asActor(actor, (tx) =>
    tx.execute<Omit<Happened, "at"> & { at: string }>(
      sql`SELECT * FROM visit_time_line(${visitId}::uuid, ${limit}::integer)`,
    ),
  );
  return [...rows].map((row) => ({ ...row, at: new Date(row.at) }));
}

/** A number that rises with whatever the time line has more to tell; 0 for whom it is not. */
export async function timeLineLength(tx: Tx, visitId: string): Promise<number> {
  const [row] = await tx.execute<{ length: number }>(
    sql`SELECT visit_time_line_length(${visitId}::uuid) AS length`,
  );
  return row?.length ?? 0;
}
