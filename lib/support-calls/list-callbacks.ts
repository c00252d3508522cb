import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { customers, supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { fullName } from "@/lib/kernel/full-name";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { CallDeps } from "./deps";
import { type CallbackState, callbackState } from "./own-callback";

/** A callback that is to be made, as those who run the book read it. */
export type CallbackEntry = {
  callbackId: string;
  name: string;
  topic: CallTopic | null;
  state: CallbackState;
  askedAt: Date;
  from: Date;
  until: Date;
  /** Its time is over and nobody has called. */
  late: boolean;
};

const pageMax = 20;

/** Open callbacks, the most urgent first. Each look is recorded. */
export async function listCallbacks(
  { db, clock }: Pick<CallDeps, "db" | "clock">,
  { actor, cursor }: { actor: Actor; cursor?: string },
): Promise<Result<{ callbacks: CallbackEntry[]; nextCursor: string | null }, { code: "FORBIDDEN" }>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  const now = clock.now();
  return db.asActor(actor, async (tx) => {
    const rows = await tx
      .select({ row: supportCallbacks, firstName: customers.firstName, lastName: customers.lastName })
      .from(supportCallbacks)
      .innerJoin(customers, eq(customers.id, supportCallbacks.customerId))
      .where(and(isNull(supportCallbacks.closedAt), after(cursor)))
      .orderBy(asc(supportCallbacks.dueFrom), asc(supportCallbacks.id))
      .limit(pageMax + 1);
    const page = rows.slice(0, pageMax);
    if (page.length > 0)
      await recordAudit(tx, { event: "CALLBACKS_LISTED", actor, metadata: { count: page.length } });
    const last = page.at(-1)?.row;
    return ok({
      callbacks: page.map(({ row, firstName, lastName }) => ({
        callbackId: row.id,
        name: fullName({ title: null, firstName, lastName }),
        topic: row.topic,
        state: callbackState(row, now),
        askedAt: row.askedAt,
        from: row.dueFrom,
        until: row.dueUntil,
        late: row.takenBy === null && row.dueUntil < now,
      })),
      nextCursor: rows.length > pageMax && last ? writeCursor([last.dueFrom.toISOString(), last.id]) : null,
    });
  });
}

function after(cursor: string | undefined) {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${supportCallbacks.dueFrom}, ${supportCallbacks.id}) > (${at}::timestamptz, ${id}::uuid)`;
}
