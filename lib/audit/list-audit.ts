import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { AuditEvent } from "./events";
import { recordAudit } from "./record";

export type AuditFilter = {
  event?: AuditEvent;
  visitId?: string;
  /** A colleague or an API key. A link's holder is found by the visit. */
  personId?: string;
  /** `from` inclusive, `to` exclusive. */
  from?: Date;
  to?: Date;
};

export type AuditListEntry = {
  id: string;
  event: string;
  at: Date;
  /** ISO 8601, UTC, with all six digits that the chain's hash covers. */
  timestamp: string;
  visitId: string | null;
  tokenId: string | null;
  actorId: string | null;
  actorRole: string;
  ip: string | null;
  userAgent: string | null;
  success: boolean;
  errorCode: string | null;
  metadata: Record<string, unknown>;
  /** Its place in the chains, for whoever verifies apart from us. */
  stream: number;
  seq: number;
  /** Hexadecimal. */
  hash: string;
};
/** The place behind an entry in the order newest first. */
export type AuditPlace = { timestamp: string; id: string };

/** The audit, newest first, for its readers: row-level security gives others nothing. Each look is recorded, with what was asked. */
export async function listAudit(
  { db }: { db: Db },
  {
    actor,
    limit = 50,
    after,
    ...filter
  }: AuditFilter & { actor: Actor; limit?: number; after?: AuditPlace | null },
): Promise<{ entries: AuditListEntry[]; next: AuditPlace | null }> {
  return db.asActor(actor, async (tx) => {
    await recordAudit(tx, {
      event: "AUDIT_VIEWED",
      actor,
      visitId: filter.visitId,
      metadata: describe(filter),
    });
    return readPage(tx, filter, Math.min(200, Math.max(1, limit)), after ?? null);
  });
}

/** Rows of an export that are held in memory, and read in one transaction, at a time. */
const exportPage = 1_000;

/**
 * The same, whole: pages as the reader takes them, each in a transaction of its own, so that a slow reader holds none open. What is recorded
 * while it runs is newer than where it began, and no part of it. The first page commits together with the record that it was taken.
 */
export async function exportAudit(
  { db }: { db: Db },
  { actor, ...filter }: AuditFilter & { actor: Actor },
): Promise<AsyncGenerator<AuditListEntry[]>> {
  const first = await db.asActor(actor, async (tx) => {
    await recordAudit(tx, {
      event: "AUDIT_EXPORTED",
      actor,
      visitId: filter.visitId,
      metadata: describe(filter),
    });
    return readPage(tx, filter, exportPage, null);
  });
  async function* pages() {
    let page = first;
    yield page.entries;
    while (page.next) {
      const { next } = page;
      page = await db.asActor(actor, (tx) => readPage(tx, filter, exportPage, next));
      yield page.entries;
    }
  }
  return pages();
}

export type Colleague = { id: string; name: string; role: string };

/** Whom the audit may speak of, by name. Empty for anybody but its readers. */
export async function auditColleagues({ db }: { db: Db }, { actor }: { actor: Actor }): Promise<Colleague[]> {
  const rows = await db.asActor(actor, (tx) => tx.execute<Colleague>(sql`SELECT * FROM audit_colleagues()`));
  return [...rows];
}

type Row = {
  id: string;
  timestamp: string;
  event_type: string;
  visit_id: string | null;
  token_id: string | null;
  actor_id: string | null;
  actor_role: string;
  ip_address: string | null;
  user_agent: string | null;
  success: boolean;
  error_code: string | null;
  metadata: Record<string, unknown>;
  stream: number;
  seq: string;
  hash: string;
};

async function readPage(
  tx: Tx,
  filter: AuditFilter,
  limit: number,
  after: AuditPlace | null,
): Promise<{ entries: AuditListEntry[]; next: AuditPlace | null }> {
  const rows = await tx.execute<Row>(sql`
    SELECT id, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS timestamp, event_type, visit_id, token_id,
      actor_id, actor_role, ip_address, user_agent, success, error_code, metadata, stream, seq, encode(hash, 'hex') AS hash
    FROM audit_log WHERE ${conditions(filter, after)}
    ORDER BY occurred_at DESC, id DESC LIMIT ${limit + 1}`);
  const entries = rows.slice(0, limit).map(toListEntry);
  const last = entries.at(-1);
  return {
    entries,
    next: rows.length > limit && last ? { timestamp: last.timestamp, id: last.id } : null,
  };
}

function conditions({ event, visitId, personId, from, to }: AuditFilter, after: AuditPlace | null): SQL {
  return sql.join(
    [
      sql`true`,
      event && sql`event_type = ${event}`,
      // The condition of an index that leaves the hot path alone: redemptions are so many that time finds them.
      event && event !== "TOKEN_REDEEMED" && sql`event_type <> 'TOKEN_REDEEMED'`,
      visitId && sql`visit_id = ${visitId}::uuid`,
      // The second half is the index's own condition.
      personId &&
        sql`actor_id = ${personId} AND actor_id IS NOT NULL AND (token_id IS NULL OR actor_id <> token_id::text)`,
      from && sql`occurred_at >= ${from.toISOString()}::timestamptz`,
      to && sql`occurred_at < ${to.toISOString()}::timestamptz`,
      after && sql`(occurred_at, id) < (${after.timestamp}::timestamptz, ${after.id}::uuid)`,
    ].filter((condition) => typeof condition === "object" && condition !== null),
    sql` AND `,
  );
}

function toListEntry(row: Row): AuditListEntry {
  return {
    id: row.id,
    event: row.event_type,
    at: new Date(row.timestamp),
    timestamp: row.timestamp,
    visitId: row.visit_id,
    tokenId: row.token_id,
    actorId: row.actor_id,
    actorRole: row.actor_role,
    ip: row.ip_address,
    userAgent: row.user_agent,
    success: row.success,
    errorCode: row.error_code,
    metadata: row.metadata,
    stream: row.stream,
    seq: Number(row.seq),
    hash: row.hash,
  };
}

/** What was asked, for the record: ids and times, as they stand in the audit anyway. */
const describe = ({ event, personId, from, to }: AuditFilter): Record<string, unknown> => ({
  ...(event && { event }),
  ...(personId && { person: personId }),
  ...(from && { from: from.toISOString() }),
  ...(to && { to: to.toISOString() }),
});
