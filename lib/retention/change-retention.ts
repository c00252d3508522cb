import { eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { retention } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { err, ok, type Result } from "@/lib/kernel/result";
import {
  countedAtMost,
  daysAtMost,
  floors,
  keptForever,
  type RetentionKind,
  type RetentionRules,
  retentionKinds,
  type WouldGo,
} from "./retention";

export type RetentionRefusal =
  | { code: "FORBIDDEN" }
  /** Fewer days than the floor, more than twenty years, or no whole number. */
  | { code: "INPUT_INVALID"; fields: RetentionKind[] }
  /** Nothing was saved: something would go at once, and nobody has said that it may. */
  | { code: "RETENTION_UNCONFIRMED"; wouldGo: WouldGo };

const isAdmin = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" && actor.role === "admin";

/** As an administrator reads it. */
export async function readRetention(
  { db }: { db: Db },
  { actor }: { actor: Actor },
): Promise<Result<RetentionRules, { code: "FORBIDDEN" }>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  return ok(await db.asActor(actor, readRules));
}

async function readRules(tx: Tx): Promise<RetentionRules> {
  const rows = await tx.select().from(retention);
  return { ...keptForever, ...Object.fromEntries(rows.map(({ kind, days }) => [kind, days])) };
}

/**
 * Says how long things are kept. Where something would go at once, it is counted and told first, and saved when it is confirmed.
 * The worker deletes within the hour; a floor of each kind, the audit and the visits themselves are out of its reach.
 */
export async function changeRetention(
  { db, clock }: { db: Db; clock: Clock },
  { actor, rules, confirmed = false }: { actor: Actor; rules: RetentionRules; confirmed?: boolean },
): Promise<Result<RetentionRules, RetentionRefusal>> {
  if (!isAdmin(actor)) return err({ code: "FORBIDDEN" });
  const fields = retentionKinds.filter((kind) => !fits(kind, rules[kind]));
  if (fields.length > 0) return err({ code: "INPUT_INVALID", fields });
  return db.asActor(actor, async (tx): Promise<Result<RetentionRules, RetentionRefusal>> => {
    const before = await readRules(tx);
    const changed = retentionKinds.filter((kind) => rules[kind] !== before[kind]);
    if (changed.length === 0) return ok(before);
    const wouldGo = confirmed ? {} : await countGoing(tx, rules, changed);
    if (Object.keys(wouldGo).length > 0) return err({ code: "RETENTION_UNCONFIRMED", wouldGo });
    for (const kind of changed) await save(tx, kind, rules[kind], { at: clock.now(), by: actor.id });
    await recordAudit(tx, {
      event: "RETENTION_CHANGED",
      actor,
      metadata: Object.fromEntries(changed.map((kind) => [kind, { from: before[kind], to: rules[kind] }])),
    });
    return ok(rules);
  });
}

const fits = (kind: RetentionKind, days: number | null): boolean =>
  days === null || (Number.isInteger(days) && days >= floors[kind] && days <= daysAtMost);

async function countGoing(
  tx: Tx,
  rules: RetentionRules,
  changed: readonly RetentionKind[],
): Promise<WouldGo> {
  const going: WouldGo = {};
  for (const kind of changed) {
    const days = rules[kind];
    if (days === null) continue;
    const [row] = await tx.execute<{ count: number }>(
      sql`SELECT retention_count(${kind}, ${days}::integer, ${countedAtMost + 1}) AS count`,
    );
    if (row && row.count > 0) going[kind] = row.count;
  }
  return going;
}

async function save(
  tx: Tx,
  kind: RetentionKind,
  days: number | null,
  { at, by }: { at: Date; by: string },
): Promise<void> {
  if (days === null) {
    await tx.delete(retention).where(eq(retention.kind, kind));
    return;
  }
  const row = { days, updatedAt: at, updatedBy: by };
  await tx
    .insert(retention)
    .values({ kind, ...row })
    .onConflictDoUpdate({ target: retention.kind, set: row });
}
