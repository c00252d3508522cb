import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { timeRequests } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { TimeWish } from "@/lib/kernel/time-wish";
import type { Need } from "./deps";
import { openRow, sealRow } from "./sealed-row";

export type RequestKind = "move" | "cancel";
export type RequestOutcome = "moved" | "cancelled" | "declined";
export type RequestRow = typeof timeRequests.$inferSelect;

/** What a patient asked for a visit, without what was said in confidence. Instants are ISO 8601 strings. */
export type TimeRequest = {
  requestId: string;
  kind: RequestKind;
  wishes: TimeWish[];
  hasWords: boolean;
  askedAt: string;
  /** Null: it waits for an answer. */
  outcome: RequestOutcome | null;
  settledAt: string | null;
  /** The patient called the visit off, which nobody needed to confirm. */
  byPatient: boolean;
};

const place = (column: "words" | "answer", id: string) => ({ table: "time_requests", column, id });

/** @param text null: nothing was said. */
export async function sealSaid(
  deps: Need<"cipher">,
  column: "words" | "answer",
  id: string,
  text: string | null,
): Promise<Buffer | null> {
  return text ? sealRow(deps, place(column, id), text) : null;
}

export async function openSaid(
  deps: Need<"cipher">,
  row: Pick<RequestRow, "id" | "words" | "answer">,
  column: "words" | "answer",
): Promise<string | null> {
  const sealed = row[column];
  return sealed && openRow(deps, place(column, row.id), sealed);
}

const isOpen = and(isNull(timeRequests.withdrawnAt), isNull(timeRequests.settledAt));

/** The one that waits for an answer, as far as the caller may see it. */
export async function openTimeRequest(tx: Tx, visitId: string): Promise<RequestRow | null> {
  const [row] = await tx
    .select()
    .from(timeRequests)
    .where(and(eq(timeRequests.visitId, visitId), isOpen));
  return row ?? null;
}

/** The newest that was not taken back: it waits, or was answered. */
export async function lastTimeRequest(tx: Tx, visitId: string): Promise<RequestRow | null> {
  const [row] = await tx
    .select()
    .from(timeRequests)
    .where(and(eq(timeRequests.visitId, visitId), isNull(timeRequests.withdrawnAt)))
    .orderBy(desc(timeRequests.createdAt), desc(timeRequests.id))
    .limit(1);
  return row ?? null;
}

export function describeRequest(row: RequestRow, patientId: string): TimeRequest {
  return {
    requestId: row.id,
    kind: row.kind,
    wishes: row.wishes,
    hasWords: row.words !== null,
    askedAt: row.createdAt.toISOString(),
    outcome: row.outcome,
    settledAt: row.settledAt?.toISOString() ?? null,
    byPatient: row.outcome === "cancelled" && row.settledBy === patientId,
  };
}

/** What waits for an answer; a column for queries on `video_visits`, whose id is written out (see `callAskedSince`). */
export const timeAskedOf = sql<{ kind: RequestKind; at: string } | null>`(
  SELECT json_build_object('kind', r.kind, 'at', r.created_at) FROM ${timeRequests} r
   WHERE r.visit_id = video_visits.id AND r.withdrawn_at IS NULL AND r.settled_at IS NULL)`;

/** Answers whatever waits, in the transaction of what answers it. @returns false when nothing waited. */
export async function settleTimeRequest(
  tx: Tx,
  {
    visitId,
    requestId,
    outcome,
    answer = null,
    actor,
    now,
  }: {
    visitId: string;
    /** That one and no later one. */
    requestId?: string;
    outcome: RequestOutcome;
    answer?: Buffer | null;
    actor: Actor;
    now: Date;
  },
): Promise<boolean> {
  const settledBy = actor.kind === "person" || actor.kind === "api-key" ? actor.id : actor.kind;
  const [row] = await tx
    .update(timeRequests)
    .set({ settledAt: now, outcome, settledBy, answer })
    .where(
      and(eq(timeRequests.visitId, visitId), requestId ? eq(timeRequests.id, requestId) : undefined, isOpen),
    )
    .returning({ id: timeRequests.id, kind: timeRequests.kind });
  if (!row) return false;
  await recordAudit(tx, {
    event: "TIME_REQUEST_SETTLED",
    actor,
    visitId,
    metadata: { requestId: row.id, kind: row.kind, outcome },
  });
  return true;
}
