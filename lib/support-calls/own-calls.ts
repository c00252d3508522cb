import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { supportCallRatings, supportCalls } from "@/db/schema";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { CallDeps, CallRow, Customer } from "./deps";

/** A call as its caller reads it. `waiting`: made, and no agent has answered yet. Instants are ISO 8601 strings. */
export type OwnCall = {
  callId: string;
  route: CallRow["route"];
  topic: CallTopic | null;
  status: "starting" | "waiting" | "connected" | "ended";
  startedAt: string;
  connectedAt: string | null;
  endedAt: string | null;
};

export function toOwnCall(row: CallRow): OwnCall {
  return {
    callId: row.id,
    route: row.route,
    topic: row.topic,
    status: statusOf(row),
    startedAt: row.createdAt.toISOString(),
    connectedAt: row.connectedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

function statusOf(row: CallRow): OwnCall["status"] {
  if (row.endedAt) return "ended";
  if (row.connectedAt) return "connected";
  return row.contactId || row.transactionId ? "waiting" : "starting";
}

/** `stars`: how it was for its caller, 1 to 5; null: they have not said. */
export type PastOwnCall = OwnCall & { stars: number | null };

const pageMax = 50;

/** A customer's own calls, the newest first. @param request.cursor the last page's `nextCursor`; what is none of theirs begins anew. */
export async function listOwnCalls(
  { db }: Pick<CallDeps, "db">,
  { customer, cursor, limit = pageMax }: { customer: Customer; cursor?: string; limit?: number },
): Promise<{ calls: PastOwnCall[]; nextCursor: string | null }> {
  const rows = await db.asActor(customer, (tx) =>
    tx
      .select({ call: supportCalls, stars: supportCallRatings.stars })
      .from(supportCalls)
      .leftJoin(supportCallRatings, eq(supportCallRatings.callId, supportCalls.id))
      .where(
        and(
          eq(supportCalls.customerId, customer.id),
          cursor && isUuid(cursor)
            ? sql`(${supportCalls.createdAt}, ${supportCalls.id}) < (
                SELECT coalesce(max(last.created_at), 'infinity'), ${cursor}::uuid FROM support_calls last WHERE last.id = ${cursor})`
            : undefined,
        ),
      )
      .orderBy(desc(supportCalls.createdAt), desc(supportCalls.id))
      .limit(limit + 1),
  );
  const page = rows.slice(0, limit);
  return {
    calls: page.map(({ call, stars }) => ({ ...toOwnCall(call), stars })),
    nextCursor: rows.length > limit ? (page.at(-1)?.call.id ?? null) : null,
  };
}

/** A customer's call that is under way; where a site vouches for them, one that began there. */
export async function openOwnCall(
  { db }: Pick<CallDeps, "db">,
  { customer, siteId }: { customer: Customer; siteId?: string },
): Promise<Pick<OwnCall, "callId" | "topic"> | null> {
  const [open] = await db.asActor(customer, (tx) =>
    tx
      .select({ callId: supportCalls.id, topic: supportCalls.topic })
      .from(supportCalls)
      .where(
        and(
          eq(supportCalls.customerId, customer.id),
          isNull(supportCalls.endedAt),
          siteId ? eq(supportCalls.siteId, siteId) : undefined,
        ),
      ),
  );
  return open ?? null;
}

/** One of their own: nobody else's is found. */
export async function readOwnCall(
  deps: Pick<CallDeps, "db">,
  asked: { customer: Customer; callId: string },
): Promise<Result<OwnCall, { code: "CALL_UNKNOWN" }>> {
  const found = await readCall(deps, asked);
  return found.ok ? ok(toOwnCall(found.value)) : found;
}

/** The row itself, read as its caller. */
export async function readCall(
  { db }: Pick<CallDeps, "db">,
  { customer, callId }: { customer: Customer; callId: string },
): Promise<Result<CallRow, { code: "CALL_UNKNOWN" }>> {
  const [row] = isUuid(callId)
    ? await db.asActor(customer, (tx) =>
        tx
          .select()
          .from(supportCalls)
          .where(and(eq(supportCalls.id, callId), eq(supportCalls.customerId, customer.id))),
      )
    : [];
  return row ? ok(row) : err({ code: "CALL_UNKNOWN" });
}
