import { and, desc, eq, gte, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { customers, supportCalls } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { type Actor, runsTheBook } from "@/lib/kernel/actor";
import { readCursor, writeCursor } from "@/lib/kernel/cursor";
import { fullName } from "@/lib/kernel/full-name";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { CallDeps, CallRow } from "./deps";

export const callStates = ["open", "answered", "missed"] as const;
type CallState = (typeof callStates)[number];
/** `open`: under way. Of those that are over, `answered` reached an agent and `missed` did not. */
export type CallFilter = { state?: CallState; verified?: boolean; route?: CallRow["route"] };

/** A call as those who run the book read it. Instants are ISO 8601 strings. */
export type CallEntry = {
  callId: string;
  /** Null: an account that no record is connected with. */
  name: string | null;
  route: CallRow["route"];
  state: CallState;
  /** The contact centre believed who it is without asking. */
  verified: boolean;
  startedAt: string;
  /** How long it rang until an agent answered; null: none has. */
  waitedSeconds: number | null;
  talkedSeconds: number | null;
};

const pageMax = 50;
const secondsBetween = (from: Date, to: Date) =>
  Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));

/** Calls of all customers, the newest first. Each look is recorded. */
export async function listCalls(
  deps: Pick<CallDeps, "db">,
  { actor, cursor, ...filter }: CallFilter & { actor: Actor; cursor?: string },
): Promise<Result<{ calls: CallEntry[]; nextCursor: string | null }, { code: "FORBIDDEN" }>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  return deps.db.asActor(actor, async (tx) => {
    const { id, route, createdAt, boundAt, connectedAt, endedAt } = supportCalls;
    const rows = await tx
      .select({
        call: { id, route, createdAt, boundAt, connectedAt, endedAt },
        customer: { firstName: customers.firstName, lastName: customers.lastName },
      })
      .from(supportCalls)
      .leftJoin(customers, eq(customers.id, supportCalls.customerId))
      .where(and(...wanted(filter), after(cursor)))
      .orderBy(desc(createdAt), desc(id))
      .limit(pageMax + 1);
    const page = rows.slice(0, pageMax);
    await recordAudit(tx, { event: "CALLS_LISTED", actor, metadata: { count: page.length, ...filter } });
    const last = page.at(-1)?.call;
    return ok({
      calls: page.map(({ call, customer }) => ({
        callId: call.id,
        name: customer && fullName({ title: null, ...customer }),
        route: call.route,
        state: call.endedAt === null ? "open" : call.connectedAt ? "answered" : "missed",
        verified: call.boundAt !== null,
        startedAt: call.createdAt.toISOString(),
        waitedSeconds: call.connectedAt && secondsBetween(call.createdAt, call.connectedAt),
        talkedSeconds: call.connectedAt && call.endedAt && secondsBetween(call.connectedAt, call.endedAt),
      })),
      nextCursor: rows.length > pageMax && last ? writeCursor([last.createdAt.toISOString(), last.id]) : null,
    });
  });
}

function wanted({ state, verified, route }: CallFilter): Array<SQL | undefined> {
  const { boundAt, connectedAt, endedAt } = supportCalls;
  const states: Record<CallState, SQL | undefined> = {
    open: isNull(endedAt),
    answered: and(isNotNull(endedAt), isNotNull(connectedAt)),
    missed: and(isNotNull(endedAt), isNull(connectedAt)),
  };
  return [
    state && states[state],
    verified === undefined ? undefined : verified ? isNotNull(boundAt) : isNull(boundAt),
    route && eq(supportCalls.route, route),
  ];
}

function after(cursor: string | undefined): SQL | undefined {
  const [at, id] = readCursor(cursor) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at)) || !isUuid(id)) return undefined;
  return sql`(${supportCalls.createdAt}, ${supportCalls.id}) < (${at}::timestamptz, ${id}::uuid)`;
}

/** What calls of the last seven days came to. Seconds; null where there is nothing to tell. */
export type CallFigures = {
  calls: number;
  /** Of those, shares from 0 to 1. */
  verified: number | null;
  answered: number | null;
  /** From the click to an agent's answer: half of those answered took no longer, and nine in ten. */
  medianSeconds: number | null;
  ninetiethSeconds: number | null;
};
const figuresDays = 7;

/** Time to answer and the share that nobody had to ask: of calls that are over. */
export async function readCallFigures(
  { db, clock }: Pick<CallDeps, "db" | "clock">,
  { actor }: { actor: Actor },
): Promise<Result<CallFigures, { code: "FORBIDDEN" }>> {
  if (!runsTheBook(actor)) return err({ code: "FORBIDDEN" });
  const since = new Date(clock.now().getTime() - figuresDays * 86_400_000);
  const { createdAt, connectedAt, boundAt, endedAt } = supportCalls;
  const waited = (share: number) =>
    sql<
      number | null
    >`percentile_cont(${share}) WITHIN GROUP (ORDER BY extract(epoch FROM ${connectedAt} - ${createdAt}))`;
  const [row] = await db.asActor(actor, (tx) =>
    tx
      .select({
        calls: sql<number>`count(*)::integer`,
        verified: sql<number | null>`avg((${boundAt} IS NOT NULL)::integer)::float8`,
        answered: sql<number | null>`avg((${connectedAt} IS NOT NULL)::integer)::float8`,
        medianSeconds: waited(0.5),
        ninetiethSeconds: waited(0.9),
      })
      .from(supportCalls)
      .where(and(gte(createdAt, since), isNotNull(endedAt))),
  );
  if (!row) throw new Error("an aggregate always answers one row");
  return ok(row);
}
