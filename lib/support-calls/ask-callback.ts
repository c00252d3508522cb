import { randomUUID } from "node:crypto";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { waitOf } from "@/lib/kernel/wait-of";
import { tellCallback } from "./callback-changed";
import { callbackSlots } from "./callback-slots";
import type { CallDeps, CallRequest, Customer } from "./deps";
import { openingAt } from "./opening";
import { type CallbackRow, isOpenOf, type OwnCallbacks, readOwnCallbacks } from "./own-callback";
import { readHours } from "./support-now";
import { type TextDeps, textOfCallback } from "./tell-callback-by-text";

/** `when`: `turn` is as soon as somebody is free; else the start of an hour that was offered, ISO 8601. */
export type CallbackWish = CallRequest & { when: string };
export type AskCallbackRefusal =
  /** No record is connected with the account: we know no number of theirs. */
  | { code: "CALLBACK_NEEDS_RECORD" }
  | { code: "CALLBACK_NEEDS_NUMBER" }
  /** Closed now, or the hour is not offered any more. */
  | { code: "CALLBACK_TIME_GONE" }
  /** Somebody is calling them this moment. */
  | { code: "CALLBACK_UNDER_WAY" }
  | { code: "CALLBACKS_LIMITED"; retryAfterSeconds: number };

/** Of one customer. Changing the time is not asking anew. */
const allowance = { allowed: 6, perMs: 24 * 3_600_000 };
/** Whoever waits their turn is called within so long, and before we close. Milliseconds. */
const turnMs = 4 * 3_600_000;

type Deps = Pick<CallDeps, "db" | "clock" | "log" | "contactCentre" | "keyring"> & TextDeps;
type Window = { dueFrom: Date; dueUntil: Date; inTurn: boolean };

/**
 * A customer asks to be called back at the number on file, or changes when. One open at a time: asking again moves it, and its place is not kept by a
 * second tab. A text confirms the first, without a word of what it is about.
 */
export async function askCallback(
  deps: Deps,
  wish: CallbackWish,
): Promise<Result<OwnCallbacks, AskCallbackRefusal>> {
  const { customer } = wish;
  const hours = await readHours(deps);
  const now = deps.clock.now();
  const asked = await deps.db.asActor(clerk, async (tx): Promise<Result<void, AskCallbackRefusal>> => {
    // One request after another of the same customer.
    const [person] = await tx.select().from(customers).where(eq(customers.id, customer.id)).for("update");
    if (!person) return err({ code: "CALLBACK_NEEDS_RECORD" });
    if (!person.phone) return err({ code: "CALLBACK_NEEDS_NUMBER" });
    const window = windowOf(wish.when, { hours, now, timeZone: person.timeZone });
    if (!window) return err({ code: "CALLBACK_TIME_GONE" });
    const [open] = await tx.select().from(supportCallbacks).where(isOpenOf(customer.id)).for("update");
    if (open?.takenBy) return err({ code: "CALLBACK_UNDER_WAY" });
    if (open) {
      await change(tx, wish, open, window);
      return ok(undefined);
    }
    const retryAfterSeconds = await mustWait(tx, customer.id, now);
    if (retryAfterSeconds > 0) return err({ code: "CALLBACKS_LIMITED", retryAfterSeconds });
    await make(deps, tx, wish, window);
    return ok(undefined);
  });
  return asked.ok ? ok(await readOwnCallbacks(deps, { customer })) : asked;
}

/** Null: nobody calls then. */
function windowOf(
  when: string,
  { hours, now, timeZone }: { hours: Parameters<typeof callbackSlots>[0]; now: Date; timeZone: string },
): Window | null {
  if (when !== "turn") {
    const slot = callbackSlots(hours, now, timeZone).find(({ from }) => from.getTime() === Date.parse(when));
    return slot ? { dueFrom: slot.from, dueUntil: slot.until, inTurn: false } : null;
  }
  const opening = hours && openingAt(hours, now);
  if (opening && !opening.open) return null;
  const closes = opening?.until?.getTime() ?? Number.POSITIVE_INFINITY;
  const dueUntil = new Date(Math.min(now.getTime() + turnMs, closes));
  return { dueFrom: now, dueUntil, inTurn: true };
}

const factsOf = ({ dueFrom, dueUntil, inTurn }: Window) => ({
  from: dueFrom.toISOString(),
  until: dueUntil.toISOString(),
  inTurn,
});

async function mustWait(tx: Tx, customerId: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - allowance.perMs);
  const lately = await tx
    .select({ at: supportCallbacks.askedAt })
    .from(supportCallbacks)
    .where(and(eq(supportCallbacks.customerId, customerId), gt(supportCallbacks.askedAt, since)))
    .orderBy(asc(supportCallbacks.askedAt));
  return waitOf(
    lately.map(({ at }) => at),
    allowance,
    now,
  );
}

async function make(deps: Deps, tx: Tx, wish: CallbackWish, window: Window): Promise<void> {
  const { customer, signedInAt, secondStep, topic } = wish;
  const id = randomUUID();
  const askedAt = deps.clock.now();
  await tx.insert(supportCallbacks).values({
    id,
    customerId: customer.id,
    topic: topic ?? null,
    signedInAt,
    secondStep,
    askedAt,
    ...window,
  });
  await recordAudit(tx, { event: "CALLBACK_ASKED", actor: customer, tokenId: id, metadata: factsOf(window) });
  await textOfCallback(deps, tx, {
    template: "callback",
    customerId: customer.id,
    uselessAt: window.dueUntil,
    actor: customer,
  });
  await tellCallback(tx, customer.id);
}

/** Whoever waits their turn keeps their place, however often they ask. Another hour is another promise; what was tried in vain stays counted. */
async function change(
  tx: Tx,
  { customer, topic }: CallbackWish,
  open: CallbackRow,
  window: Window,
): Promise<void> {
  if (open.inTurn && window.inTurn) return;
  await tx
    .update(supportCallbacks)
    .set({ ...window, topic: topic ?? open.topic })
    .where(eq(supportCallbacks.id, open.id));
  await recordAudit(tx, {
    event: "CALLBACK_MOVED",
    actor: customer,
    tokenId: open.id,
    metadata: factsOf(window),
  });
  await tellCallback(tx, customer.id);
}

/** They want it no more. Again, or where there is none: nothing changes. Whom somebody is calling this moment says so at the telephone. */
export async function cancelCallback(
  deps: Pick<CallDeps, "db" | "clock">,
  { customer }: { customer: Customer },
): Promise<Result<OwnCallbacks, { code: "CALLBACK_UNDER_WAY" }>> {
  const done = await deps.db.asActor(
    clerk,
    async (tx): Promise<Result<void, { code: "CALLBACK_UNDER_WAY" }>> => {
      const [open] = await tx.select().from(supportCallbacks).where(isOpenOf(customer.id)).for("update");
      if (!open) return ok(undefined);
      if (open.takenBy) return err({ code: "CALLBACK_UNDER_WAY" });
      await tx
        .update(supportCallbacks)
        .set({ closedAt: deps.clock.now(), outcome: "cancelled" })
        .where(eq(supportCallbacks.id, open.id));
      await recordAudit(tx, { event: "CALLBACK_CANCELLED", actor: customer, tokenId: open.id });
      await tellCallback(tx, customer.id);
      return ok(undefined);
    },
  );
  return done.ok ? ok(await readOwnCallbacks(deps, { customer })) : done;
}
