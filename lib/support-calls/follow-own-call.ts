import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { PlaceInLine } from "@/lib/ports/contact-centre";
import type { CallDeps, CallRow, Customer } from "./deps";
import { openLookBudget } from "./look-budget";
import { type OwnCall, toOwnCall } from "./own-calls";
import { trueUp } from "./reconcile-calls";

/** A call of one's own while it lasts. */
export type OwnCallNow = OwnCall & {
  held: boolean;
  /** The first name of whoever answered, where a desk of ours knows it. */
  agent: string | null;
  /** Where it waits; null where the contact centre doesn't say, or it does not wait. */
  place: PlaceInLine | null;
};

type Deps = Pick<CallDeps, "db" | "clock" | "contactCentre" | "meetings" | "sipBridge" | "log">;

/** One call is asked about no oftener. Milliseconds. */
const betweenLooksMs = 900;
/** Nobody's page waits longer for the contact centre. Milliseconds. */
const lookMaxMs = 1_500;
const mayLook = openLookBudget();

/**
 * How a customer's call stands, asked of the contact centre where there is room for a question (`look-budget.ts`), else as it was known last.
 * A contact centre that is slow or away changes nothing here.
 */
export async function followOwnCall(
  deps: Deps,
  { customer, callId }: { customer: Customer; callId: string },
): Promise<Result<OwnCallNow, { code: "CALL_UNKNOWN" }>> {
  if (!isUuid(callId)) return err({ code: "CALL_UNKNOWN" });
  const isTheirs = and(eq(supportCalls.id, callId), eq(supportCalls.customerId, customer.id));
  const read = () =>
    deps.db.asActor(customer, async (tx) => {
      const [row] = await tx.select().from(supportCalls).where(isTheirs);
      const [agent] = await tx.execute<{ name: string | null }>(
        sql`SELECT own_call_agent(${callId}::uuid) AS name`,
      );
      return { row, agent: agent?.name ?? null };
    });
  const known = await read();
  if (!known.row) return err({ code: "CALL_UNKNOWN" });
  const looked = await withinMs(lookMaxMs, lookNow(deps, known.row));
  const { row, agent } = looked?.changed ? await read() : known;
  return row ? ok(nowOf(row, agent, looked?.place ?? null)) : err({ code: "CALL_UNKNOWN" });
}

function nowOf(row: CallRow, agent: string | null, place: PlaceInLine | null): OwnCallNow {
  const call = toOwnCall(row);
  return {
    ...call,
    held: call.status === "connected" && row.heldAt !== null,
    agent,
    place: call.status === "waiting" ? place : null,
  };
}

/** Null: nobody was asked. */
async function lookNow(
  deps: Deps,
  { id, endedAt, contactId, boundContact, transactionId, connectedAt, lookedAt }: CallRow,
): Promise<{ changed: boolean; place: PlaceInLine | null } | null> {
  // By route `sip` the contact is known once it has verified our context.
  const contact = contactId ?? boundContact;
  if (endedAt || (!contact && !transactionId)) return null;
  const now = deps.clock.now();
  const since = new Date(now.getTime() - betweenLooksMs);
  if (lookedAt > since || !mayLook(now.getTime())) return null;
  const [ours] = await deps.db.asActor(clerk, (tx) =>
    tx
      .update(supportCalls)
      .set({ lookedAt: now })
      .where(and(eq(supportCalls.id, id), isNull(supportCalls.endedAt), lte(supportCalls.lookedAt, since)))
      .returning(),
  );
  if (!ours) return null;
  const [, place] = await Promise.all([
    trueUp(deps, ours),
    connectedAt || !contact ? null : deps.contactCentre.placeInLine(contact),
  ]);
  return { changed: true, place: place?.ok ? place.value : null };
}

async function withinMs<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
