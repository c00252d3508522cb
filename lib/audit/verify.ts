import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { Chain, type Finding, type Head, type StoredRow } from "./chain";

const reader = { kind: "system", name: "worker" } as const;
const streams = 256;

export type Verdict = {
  rows: number;
  /** The first of each broken chain; none: the audit is whole. */
  findings: Finding[];
  /** The chains' ends as they were verified. Kept elsewhere, it later proves that not even the tables' owner rewrote what came before. */
  anchor: Head[];
};

/**
 * Recomputes every chain of the audit, also while rows are being appended. Reads in pages: memory does not grow with the log.
 *
 * @param anchor from an earlier run: each chain must still pass through it.
 */
export async function verifyAudit(
  { db }: { db: Db },
  anchor: readonly Head[] = [],
  pageSize = 5_000,
): Promise<Verdict> {
  const before = await db.asActor(reader, readHeads);
  const chains = Array.from({ length: streams }, (_, stream) => new Chain(stream));
  for (const head of anchor) chains[head.stream]?.mustPass(head, "differs from the anchor");
  for (const head of before.values()) chains[head.stream]?.mustPass(head, "changed");

  for (
    let page = await readPage(db, null, pageSize);
    page.length > 0;
    page = await readPage(db, page.at(-1) ?? null, pageSize)
  ) {
    for (const row of page) chains[row.stream]?.follow(row);
  }

  const after = await db.asActor(reader, readHeads);
  for (const chain of chains) {
    const head = before.get(chain.stream);
    if (head) chain.close(head.seq, after.get(chain.stream)?.seq ?? 0);
    else chain.finding ??= { stream: chain.stream, seq: 0, id: null, problem: "head removed" };
  }
  return {
    rows: chains.reduce((sum, chain) => sum + chain.rows, 0),
    findings: chains.flatMap((chain) => chain.finding ?? []),
    anchor: [...before.values()].filter((head) => head.seq > 0),
  };
}

async function readHeads(tx: Tx): Promise<Map<number, Head>> {
  const rows = await tx.execute<{ stream: number; seq: string; hash: Buffer }>(
    sql`SELECT stream, seq, hash FROM audit_heads ORDER BY stream`,
  );
  return new Map(
    rows.map((row) => [row.stream, { stream: row.stream, seq: Number(row.seq), hash: row.hash }]),
  );
}

/** Keyset pages in the order of the chains. The id breaks ties, which only a forged row can make. */
function readPage(db: Db, after: StoredRow | null, pageSize: number): Promise<StoredRow[]> {
  return db.asActor(reader, async (tx) => {
    const from = after
      ? sql`WHERE (stream, seq, id) > (${after.stream}, ${after.seq}, ${after.id}::uuid)`
      : sql``;
    const rows = await tx.execute<Omit<StoredRow, "seq"> & { seq: string }>(sql`
      SELECT id, stream, seq, (extract(epoch FROM occurred_at) * 1000000)::bigint::text AS micros, event_type, visit_id, token_id,
        actor_id, actor_role, ip_address, user_agent, metadata::text AS metadata, success::text AS success, error_code, prev_hash, hash,
        expires_at = ((occurred_at AT TIME ZONE 'UTC') + interval '7 years') AT TIME ZONE 'UTC' AS keeps_seven_years
      FROM audit_log ${from} ORDER BY stream, seq, id LIMIT ${pageSize}`);
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  });
}
