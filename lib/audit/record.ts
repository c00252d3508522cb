import { sql } from "drizzle-orm";
import { atCommit, type Tx } from "@/db/as-actor";
import { type AuditEntry, type AuditRow, toEntry } from "./entry";

const waiting = new WeakMap<Tx, AuditRow[]>();

/**
 * Records inside the caller's transaction: the deed and its record commit together or not at all.
 * Written as the transaction's last statement, so that the chain it joins is locked for the commit only, and every transaction
 * takes row locks before chain locks (no deadlock). Reading it back inside the same transaction finds nothing yet.
 */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const row = toEntry(entry);
  const queue = waiting.get(tx);
  if (queue) {
    queue.push(row);
    return;
  }
  const first = [row];
  const append = async () => {
    await tx.execute(sql`SELECT audit_append_all(${JSON.stringify(first)}::jsonb)`);
  };
  if (atCommit(tx, append)) waiting.set(tx, first);
  else await append();
}
