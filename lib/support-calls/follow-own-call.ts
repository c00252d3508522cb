import { and, eq, isNull, lte, sql } from "drizzle-orm";
import { supportCalls } from "@/db/schema";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import type { PlaceInLine } from "@/lib/ports/contact-centre";
import type { CallDeps, CallRow, Customer } from "./deps";
import { openLookBudget } from "./look-budget";
import { type OwnCall, readCall, toOwnCall } from "./own-calls";
import { trueUp } from "./reconcile-calls";

/** A call of one's own while it lasts. */
export type OwnCallNow = OwnCall & {
  held: boolean;
  /** An agent has handed it on, and nobody has answered since: it waits anew. */
  handedOn: boolean;
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

type Asked = { customer: Customer; callId: string };
type Read = Result<OwnCallNow, { code: "CALL_UNKNOWN" }>;

/**
 * How a customer's call stands, asked of the contact centre where there is room for a question (`look-budget.ts`), else as it was known last.
 * A contact centre that is slow or away changes nothing here.
 */
export async function followOwnCall(deps: Deps, asked: Asked): Promise<Read> {
  const known = await readOwnCallNow(deps, asked);
  if (!known.ok) return known;
  const looked = await withinMs(lookMaxMs, lookAtOwnCall(deps, asked));
  return looked ? readOwnCallNow(deps, asked, looked.place) : known;
}

/** The same as our own book has it now: nobody else is asked. @param place where it waits, as it was told last. */
export async function readOwnCallNow(
  { db }: Pick<Deps, "db">,
  { customer, callId }: Asked,
  place: PlaceInLine | null = null,
): Promise<Read> {
  if (!isUuid(callId)) return err({ code: "CALL_UNKNOWN" });
  return db.asActor(customer, async (tx): Promise<Read> => {
    const [row] = await tx
      .select()
      .from(supportCalls)
      .where(and(eq(supportCalls.id, callId), eq(supportCalls.customerId, customer.id)));
    const [agent] = await tx.execute<{ name: string | null }>(
      sql`SELECT own_call_agent(${callId}::uuid) AS name`,
    );
    return row ? ok(nowOf(row, agent?.name ?? null, place)) : err({ code: "CALL_UNKNOWN" });
  });
}

function nowOf(row: CallRow, agent: string | null, place: PlaceInLine | null): OwnCallNow {
  const call = toOwnCall(row);
  const isOn = call.status === "connected";
  const handedOn = isOn && row.handedOnAt !== null;
  return {
    ...call,
    held: isOn && row.heldAt !== null,
    handedOn,
    agent,
    place: call.status === "waiting" || handedOn ? place : null,
  };
}

/**
 * Asks the contact centre how a call of one's own stands, and writes down what it answers: the call is then told as changed.
 * @returns where it waits; null: nobody was asked, for there is no room for a question now, or nothing to ask.
 */
export async function lookAtOwnCall(deps: Deps, asked: Asked): Promise<{ place: PlaceInLine | null } | null> {
  const found = await readCall(deps, asked);
  if (!found.ok) return null;
  const { id, endedAt, contactId, boundContact, transactionId, connectedAt, handedOnAt, lookedAt } =
    found.value;
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
    (connectedAt && !handedOnAt) || !contact ? null : deps.contactCentre.placeInLine(contact),
  ]);
  return { place: place?.ok ? place.value : null };
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
