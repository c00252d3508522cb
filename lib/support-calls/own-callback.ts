import { and, desc, eq, isNull } from "drizzle-orm";
import type { supportCallbacks as table } from "@/db/schema";
import { customers, staff, supportCallbacks } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { maskPhone } from "@/lib/kernel/phone";
import type { CallDeps, Customer } from "./deps";

export type CallbackRow = typeof table.$inferSelect;

/**
 * `asked`: its time is still to come. `due`: somebody calls as soon as they can. `calling`: somebody does now. `again`: nobody answered, and it is
 * tried once more.
 */
export type CallbackState = "asked" | "due" | "calling" | "again";
/** As its customer reads it. Instants are ISO 8601 strings. */
export type OwnCallback = {
  callbackId: string;
  topic: CallTopic | null;
  state: CallbackState;
  /** As soon as it is their turn; false: in the hour that they chose. */
  inTurn: boolean;
  from: string;
  until: string;
  /** The first name of the agent who calls now. */
  agent: string | null;
};
export type OwnCallbacks = {
  open: OwnCallback | null;
  /** What became of the last one, where nobody spoke: within a day of it. */
  last: "missed" | "expired" | null;
  /** Where we call, as its owner knows it: `***-***-0142`. Null: no number is on file. */
  number: string | null;
};

const lastMs = 24 * 3_600_000;

export function callbackState(row: CallbackRow, now: Date): CallbackState {
  if (row.takenBy) return "calling";
  if (row.tries > 0) return "again";
  return row.dueFrom > now ? "asked" : "due";
}

const toOwn = (row: CallbackRow, now: Date, agent: string | null): OwnCallback => ({
  callbackId: row.id,
  topic: row.topic,
  state: callbackState(row, now),
  inTurn: row.inTurn,
  from: row.dueFrom.toISOString(),
  until: row.dueUntil.toISOString(),
  agent,
});

/** Their own callback: the open one, or what became of the last. */
export async function readOwnCallbacks(
  { db, clock }: Pick<CallDeps, "db" | "clock">,
  { customer }: { customer: Customer },
): Promise<OwnCallbacks> {
  const now = clock.now();
  const [row, person] = await db.asActor(customer, async (tx) => {
    const [newest] = await tx
      .select()
      .from(supportCallbacks)
      .where(eq(supportCallbacks.customerId, customer.id))
      .orderBy(desc(supportCallbacks.askedAt), desc(supportCallbacks.id))
      .limit(1);
    const [own] = await tx
      .select({ phone: customers.phone })
      .from(customers)
      .where(eq(customers.id, customer.id));
    return [newest, own] as const;
  });
  const number = person?.phone ? maskPhone(person.phone) : null;
  if (!row) return { open: null, last: null, number };
  if (!row.closedAt)
    return { open: toOwn(row, now, await callingName({ db }, row.takenBy)), last: null, number };
  const { outcome, closedAt } = row;
  const unspoken = outcome === "missed" || outcome === "expired" ? outcome : null;
  return { open: null, last: now.getTime() - closedAt.getTime() < lastMs ? unspoken : null, number };
}

async function callingName({ db }: Pick<CallDeps, "db">, takenBy: string | null): Promise<string | null> {
  if (!takenBy) return null;
  const [agent] = await db.asActor(clerk, (tx) =>
    tx.select({ firstName: staff.firstName }).from(staff).where(eq(staff.id, takenBy)),
  );
  return agent?.firstName ?? null;
}

export const isOpenOf = (customerId: string) =>
  and(eq(supportCallbacks.customerId, customerId), isNull(supportCallbacks.closedAt));

/** A callback as its customer takes it along. */
export type ExportedCallback = {
  topic: CallTopic | null;
  askedAt: string;
  from: string;
  until: string;
  tries: number;
  closedAt: string | null;
  outcome: CallbackRow["outcome"];
};

/** All that they ever asked for and is still kept, the newest first. */
export async function exportOwnCallbacks(
  { db }: Pick<CallDeps, "db">,
  { customer, most }: { customer: Customer; most: number },
): Promise<ExportedCallback[]> {
  const rows = await db.asActor(customer, (tx) =>
    tx
      .select()
      .from(supportCallbacks)
      .where(eq(supportCallbacks.customerId, customer.id))
      .orderBy(desc(supportCallbacks.askedAt), desc(supportCallbacks.id))
      .limit(most),
  );
  return rows.map(({ topic, askedAt, dueFrom, dueUntil, tries, closedAt, outcome }) => ({
    topic,
    askedAt: askedAt.toISOString(),
    from: dueFrom.toISOString(),
    until: dueUntil.toISOString(),
    tries,
    closedAt: closedAt?.toISOString() ?? null,
    outcome,
  }));
}
