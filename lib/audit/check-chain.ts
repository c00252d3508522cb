import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Db } from "@/db/as-actor";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import type { Finding } from "./chain";
import { beginPass, continuePass, type Pass } from "./verify";

const worker = { kind: "system", name: "worker" } as const;
/** Between the end of one pass over the whole audit and the next. */
const restMs = 15 * 60_000;
/** A worker that died holds a pass no longer than this. */
const claimMs = 2 * 60_000;
const keepMs = 30 * 86_400_000;

type Deps = { db: Db; clock: Clock };

/**
 * One slice of the pass over the whole audit, if one is due. Any number of workers may call it: a pass goes on in one at a time.
 *
 * @returns how many rows it read, and what is wrong when this slice ended a pass.
 */
export async function checkChain(
  { db, clock }: Deps,
  rowsAtMost = 20_000,
  pageSize?: number,
): Promise<{ rows: number; findings: Finding[] }> {
  const nothing = { rows: 0, findings: [] };
  const claimed = await claim({ db, clock });
  if (!claimed) return nothing;
  const { pass, done } = await continuePass({ db }, claimed.pass, { rowsAtMost, pageSize });
  const now = clock.now().toISOString();
  await db.asActor(worker, (tx) =>
    tx.execute(sql`
      UPDATE audit_checks SET rows_read = ${pass.rows}, findings = ${JSON.stringify(pass.findings)}::jsonb, claimed_until = NULL,
        state = ${done ? null : write(pass)}::jsonb, finished_at = ${done ? now : null}::timestamptz
      WHERE id = ${claimed.id} AND finished_at IS NULL`),
  );
  return { rows: pass.rows - claimed.pass.rows, findings: done ? pass.findings : [] };
}

/** The pass under way, or a new one when the last ended long enough ago; null: nothing to do, or another worker is at it. */
async function claim({ db, clock }: Deps): Promise<{ id: string; pass: Pass } | null> {
  const now = clock.now();
  const at = (ms: number) => new Date(now.getTime() + ms).toISOString();
  const fresh = await db.asActor(worker, async (tx) => {
    const [recent] = await tx.execute(sql`
      SELECT id FROM audit_checks WHERE finished_at IS NULL OR finished_at > ${at(-restMs)}::timestamptz LIMIT 1`);
    return !recent;
  });
  if (fresh) {
    const pass = await beginPass({ db });
    await db.asActor(worker, async (tx) => {
      await tx.execute(sql`DELETE FROM audit_checks WHERE finished_at < ${at(-keepMs)}::timestamptz`);
      await tx.execute(sql`
        INSERT INTO audit_checks (id, begun_at, state) VALUES (${randomUUID()}, ${at(0)}::timestamptz, ${write(pass)}::jsonb)
        ON CONFLICT ((true)) WHERE finished_at IS NULL DO NOTHING`);
    });
  }
  const [row] = await db.asActor(worker, (tx) =>
    tx.execute<{ id: string; state: Written; rows_read: string; findings: Finding[] }>(sql`
      UPDATE audit_checks SET claimed_until = ${at(claimMs)}::timestamptz
      WHERE id = (SELECT id FROM audit_checks WHERE finished_at IS NULL AND (claimed_until IS NULL OR claimed_until < ${at(0)}::timestamptz)
                  LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, state, rows_read, findings`),
  );
  return row ? { id: row.id, pass: read(row.state, Number(row.rows_read), row.findings) } : null;
}

/** A pass as its row keeps it: rows and findings have columns, hashes are hexadecimal. */
type Written = {
  heads: Array<{ stream: number; seq: number; hash: string }>;
  last: { stream: number; seq: number; id: string; hash: string } | null;
};
const written = <T extends { hash: Buffer }>(place: T) => ({ ...place, hash: place.hash.toString("hex") });
const bytes = <T extends { hash: string }>(place: T) => ({ ...place, hash: Buffer.from(place.hash, "hex") });

const write = ({ heads, last }: Pass): string =>
  JSON.stringify({ heads: heads.map(written), last: last && written(last) } satisfies Written);
const read = ({ heads, last }: Written, rows: number, findings: Finding[]): Pass => ({
  heads: heads.map(bytes),
  last: last && bytes(last),
  rows,
  findings,
});

export type ChainCheck = {
  /** The newest finished pass. `begunAt`: entries made before it are those that were recomputed. Null: none has ended yet. */
  last: { begunAt: Date; finishedAt: Date; rows: number; findings: Finding[] } | null;
  /** Rows that the pass under way has read. */
  underWay: { begunAt: Date; rows: number } | null;
};

/** What is known of the audit's wholeness, and since when; for its readers. Reads two rows: the work was done before. */
export async function readChainCheck({ db }: { db: Db }, { actor }: { actor: Actor }): Promise<ChainCheck> {
  const rows = await db.asActor(actor, (tx) =>
    tx.execute<{ begun_at: string; finished_at: string | null; rows_read: string; findings: Finding[] }>(sql`
      (SELECT begun_at, finished_at, rows_read, findings FROM audit_checks WHERE finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1)
      UNION ALL (SELECT begun_at, finished_at, rows_read, findings FROM audit_checks WHERE finished_at IS NULL)`),
  );
  const finished = rows.find((row) => row.finished_at !== null);
  const open = rows.find((row) => row.finished_at === null);
  return {
    last: finished?.finished_at
      ? {
          begunAt: new Date(finished.begun_at),
          finishedAt: new Date(finished.finished_at),
          rows: Number(finished.rows_read),
          findings: finished.findings,
        }
      : null,
    underWay: open ? { begunAt: new Date(open.begun_at), rows: Number(open.rows_read) } : null,
  };
}
