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

/** A verification under way: facts alone, so that it can be put down and taken up by another process. */
export type Pass = {
  /** The chains' ends when it began. Rows that came later are followed where they are met; these must be. */
  heads: Head[];
  /** The row that was followed last; null: none yet. */
  last: (Head & { id: string }) | null;
  rows: number;
  findings: Finding[];
};

/**
 * Recomputes every chain of the audit, also while rows are being appended. Reads in pages: memory does not grow with the log.
 *
 * @param anchor from an earlier run: each chain must still pass through it.
 */
export async function verifyAudit(
  deps: { db: Db },
  anchor: readonly Head[] = [],
  pageSize = 5_000,
): Promise<Verdict> {
  const begun = await beginPass(deps);
  const { pass } = await continuePass(deps, begun, { anchor, pageSize });
  return {
    rows: pass.rows,
    findings: pass.findings,
    anchor: pass.heads.filter((head) => head.seq > 0),
  };
}

export async function beginPass({ db }: { db: Db }): Promise<Pass> {
  const heads = await db.asActor(reader, readHeads);
  return { heads: [...heads.values()], last: null, rows: 0, findings: [] };
}

/** Goes on where the pass stands, for `rowsAtMost` rows (and up to a page more). `done`: every chain was followed to its end. */
export async function continuePass(
  { db }: { db: Db },
  pass: Pass,
  {
    rowsAtMost = Number.POSITIVE_INFINITY,
    anchor = [] as readonly Head[],
    pageSize = 5_000,
  }: { rowsAtMost?: number; anchor?: readonly Head[]; pageSize?: number } = {},
): Promise<{ pass: Pass; done: boolean }> {
  const first = pass.last?.stream ?? 0;
  const chains = Array.from({ length: streams }, (_, stream) => new Chain(stream));
  for (const head of anchor) chains[head.stream]?.mustPass(head, "differs from the anchor");
  for (const head of pass.heads) chains[head.stream]?.mustPass(head, "changed");
  if (pass.last)
    chains[first]?.resume(
      pass.last,
      pass.findings.find(({ stream }) => stream === first),
    );

  let last = pass.last;
  let read = 0;
  let done = false;
  while (!done && read < rowsAtMost) {
    const page = await readPage(db, last, pageSize);
    for (const row of page) chains[row.stream]?.follow(row);
    read += page.length;
    last = page.at(-1) ?? last;
    done = page.length === 0;
  }

  const before = new Map(pass.heads.map((head) => [head.stream, head]));
  const after = await db.asActor(reader, readHeads);
  const end = done ? streams : (last?.stream ?? 0);
  for (const chain of chains.slice(first, end)) {
    const head = before.get(chain.stream);
    if (head) chain.close(head.seq, after.get(chain.stream)?.seq ?? 0);
    else chain.finding ??= { stream: chain.stream, seq: 0, id: null, problem: "head removed" };
  }
  const earlier = pass.findings.filter(({ stream }) => stream < first);
  return {
    pass: {
      heads: pass.heads,
      last: last && { stream: last.stream, seq: last.seq, id: last.id, hash: last.hash },
      rows: pass.rows + read,
      findings: [...earlier, ...chains.slice(first).flatMap((chain) => chain.finding ?? [])],
    },
    done,
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
function readPage(
  db: Db,
  after: Pick<StoredRow, "stream" | "seq" | "id"> | null,
  pageSize: number,
): Promise<StoredRow[]> {
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
