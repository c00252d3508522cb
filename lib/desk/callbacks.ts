import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { deskContacts, supportCallbacks } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import type { CallTopic } from "@/lib/kernel/call-topic";
import { type CallbackPlace, callbackContact } from "@/lib/kernel/callback-contact";
import { err, ok, type Result } from "@/lib/kernel/result";
import { isUuid } from "@/lib/kernel/uuid";
import { tellCallback } from "@/lib/support-calls/callback-changed";
import { dueAgain } from "@/lib/support-calls/due-again";
import { sealNotes } from "@/lib/support-calls/sealed-notes";
import { type TextDeps, textOfCallback } from "@/lib/support-calls/tell-callback-by-text";
import type { Colleague, DeskDeps } from "./deps";
import type { Outcome } from "./show-caller";

/** What any agent may take. Whom it is about shows to whoever has taken it. Instants are ISO 8601 strings. */
export type WaitingCallback = {
  callbackId: string;
  topic: CallTopic | null;
  askedAt: string;
  from: string;
  until: string;
  /** How often nobody answered. */
  tries: number;
  place: CallbackPlace;
};
/** The one that this agent has taken. */
export type TakenCallback = {
  callbackId: string;
  topic: CallTopic | null;
  takenAt: string;
  tries: number;
  firstName: string;
  lastName: string;
  /** E.164, on file. Null: it was taken away since they asked. */
  phone: string | null;
  locale: string;
  /** Whoever answered told what their owner knows. */
  verified: boolean;
  questionsLeft: number;
  /** Without an account number on file nobody passes the questions. */
  hasAccount: boolean;
};
export type DeskCallbacks = { waiting: WaitingCallback[]; mine: TakenCallback | null };

type Forbidden = { code: "FORBIDDEN" };
type Gone = { code: "CALLBACK_GONE" };
export type TakeRefusal =
  | Forbidden
  | Gone
  | { code: "CALLBACK_NOT_DUE" }
  | { code: "CALLBACK_ONE_AT_A_TIME" };

const shownMax = 50;
const triesMax = 2;
/** News that we did not get through are of use for a day. Milliseconds. */
const newsMs = 24 * 3_600_000;

/** Whoever takes support's calls. */
const callsBack = ({ role }: Colleague): boolean => role === "agent" || role === "admin";

/** What waits for the agents, the most urgent first, and what this one has taken. */
export async function readDeskCallbacks(
  { db, clock }: Pick<DeskDeps, "db" | "clock">,
  { actor }: { actor: Colleague },
): Promise<Result<DeskCallbacks, Forbidden>> {
  if (!callsBack(actor)) return err({ code: "FORBIDDEN" });
  const now = clock.now();
  return db.asActor(actor, async (tx) => {
    const rows = await tx
      .select()
      .from(supportCallbacks)
      .where(isNull(supportCallbacks.closedAt))
      .orderBy(asc(supportCallbacks.dueFrom), asc(supportCallbacks.id))
      .limit(shownMax);
    const waiting = rows
      .filter(({ takenBy }) => takenBy !== actor.id)
      .map((row) => ({
        callbackId: row.id,
        topic: row.topic,
        askedAt: row.askedAt.toISOString(),
        from: row.dueFrom.toISOString(),
        until: row.dueUntil.toISOString(),
        tries: row.tries,
        place: placeOf(row, now),
      }));
    const [own] = await tx
      .select()
      .from(supportCallbacks)
      .where(and(eq(supportCallbacks.takenBy, actor.id), isNull(supportCallbacks.closedAt)));
    return ok({ waiting, mine: own ? await takenOf(tx, own) : null });
  });
}

type Row = typeof supportCallbacks.$inferSelect;

function placeOf({ takenBy, dueFrom }: Row, now: Date): CallbackPlace {
  if (takenBy) return "taken";
  return dueFrom > now ? "later" : "due";
}

type Person = {
  first_name: string;
  last_name: string;
  phone: string | null;
  locale: string;
  passed_at: string | null;
  questions_left: number;
  has_account: boolean;
};

async function takenOf(tx: Tx, row: Row): Promise<TakenCallback | null> {
  const [person] = await tx.execute<Person>(sql`SELECT * FROM callback_person(${row.id}::uuid)`);
  if (!person || !row.takenAt) return null;
  return {
    callbackId: row.id,
    topic: row.topic,
    takenAt: row.takenAt.toISOString(),
    tries: row.tries,
    firstName: person.first_name,
    lastName: person.last_name,
    phone: person.phone,
    locale: person.locale,
    verified: person.passed_at !== null,
    questionsLeft: person.questions_left,
    hasAccount: person.has_account,
  };
}

type Asked = { actor: Colleague; callbackId: string };

/** An agent takes a callback: one agent ever does, by one UPDATE. Only then is shown whom to call, and that is recorded. */
export async function takeCallback(
  deps: Pick<DeskDeps, "db" | "clock">,
  { actor, callbackId }: Asked,
): Promise<Result<DeskCallbacks, TakeRefusal>> {
  if (!callsBack(actor)) return err({ code: "FORBIDDEN" });
  if (!isUuid(callbackId)) return err({ code: "CALLBACK_GONE" });
  const now = deps.clock.now();
  const taken = await deps.db.asActor(clerk, async (tx): Promise<Result<void, TakeRefusal>> => {
    // Two presses of one agent, one after the other.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`callbacks ${actor.id}`}, 0))`);
    const [has] = await tx
      .select({ id: supportCallbacks.id })
      .from(supportCallbacks)
      .where(and(eq(supportCallbacks.takenBy, actor.id), isNull(supportCallbacks.closedAt)));
    if (has) return has.id === callbackId ? ok(undefined) : err({ code: "CALLBACK_ONE_AT_A_TIME" });
    const [row] = await tx
      .select()
      .from(supportCallbacks)
      .where(and(eq(supportCallbacks.id, callbackId), isNull(supportCallbacks.closedAt)))
      .for("update");
    if (!row || row.takenBy) return err({ code: "CALLBACK_GONE" });
    if (row.dueFrom > now) return err({ code: "CALLBACK_NOT_DUE" });
    await tx
      .update(supportCallbacks)
      .set({ takenBy: actor.id, takenAt: now })
      .where(eq(supportCallbacks.id, row.id));
    await recordAudit(tx, {
      event: "CALLBACK_TAKEN",
      actor,
      tokenId: row.id,
      metadata: { person: row.customerId, tries: row.tries },
    });
    await tellCallback(tx, row.customerId);
    return ok(undefined);
  });
  return taken.ok ? readDeskCallbacks(deps, { actor }) : taken;
}

/** `spoke`: with an outcome and notes, as after any call. `nobody`: tried once more a little later, then told by text. `put-back`: another may call. */
export type CallbackEnd =
  | { came: "spoke"; outcome: Exclude<Outcome, "no-answer">; notes: string }
  | { came: "nobody" }
  | { came: "put-back" };

/** What came of a callback, from the agent who has it; of anybody else's, or one that is over, nothing changes. */
export async function endCallback(
  deps: Pick<DeskDeps, "db" | "clock" | "cipher"> & TextDeps,
  { actor, callbackId, end }: Asked & { end: CallbackEnd },
): Promise<Result<DeskCallbacks, Forbidden | Gone>> {
  if (!callsBack(actor)) return err({ code: "FORBIDDEN" });
  const contactId = callbackContact(callbackId);
  const sealed =
    end.came === "spoke" && end.notes !== ""
      ? await sealNotes(deps, { contactId, staffId: actor.id }, end.notes)
      : null;
  const ended = await deps.db.asActor(clerk, async (tx): Promise<Result<void, Gone>> => {
    const row = await lockTaken(tx, { actor, callbackId });
    if (!row) return err({ code: "CALLBACK_GONE" });
    if (end.came === "spoke") await closeAnswered(deps, tx, { actor, row, outcome: end.outcome, sealed });
    else if (end.came === "nobody") await noteUnanswered(deps, tx, { actor, row });
    else await putBack(tx, { actor, row });
    await tellCallback(tx, row.customerId);
    return ok(undefined);
  });
  return ended.ok ? readDeskCallbacks(deps, { actor }) : ended;
}

/** The callback, if this agent has it. */
export async function lockTaken(tx: Tx, { actor, callbackId }: Asked): Promise<Row | null> {
  if (!isUuid(callbackId)) return null;
  const [row] = await tx
    .select()
    .from(supportCallbacks)
    .where(
      and(
        eq(supportCallbacks.id, callbackId),
        eq(supportCallbacks.takenBy, actor.id),
        isNull(supportCallbacks.closedAt),
      ),
    )
    .for("update");
  return row ?? null;
}

/** Kept beside the notes of other calls, so that the next agent who may read those reads these. */
async function closeAnswered(
  { clock }: Pick<DeskDeps, "clock">,
  tx: Tx,
  given: { actor: Colleague; row: Row; outcome: Outcome; sealed: Buffer | null },
): Promise<void> {
  const { actor, row, outcome, sealed } = given;
  const now = clock.now();
  await tx
    .update(supportCallbacks)
    .set({ closedAt: now, outcome: "answered" })
    .where(eq(supportCallbacks.id, row.id));
  await tx.insert(deskContacts).values({
    contactId: callbackContact(row.id),
    staffId: actor.id,
    cameAt: row.takenAt ?? now,
    leftAt: now,
    outcome,
    notes: sealed,
    notedAt: now,
  });
  await recordAudit(tx, {
    event: "CALLBACK_ANSWERED",
    actor,
    tokenId: row.id,
    metadata: { outcome, noted: sealed !== null },
  });
}

async function noteUnanswered(
  deps: Pick<DeskDeps, "clock"> & TextDeps,
  tx: Tx,
  { actor, row }: { actor: Colleague; row: Row },
): Promise<void> {
  const now = deps.clock.now();
  const tries = row.tries + 1;
  const isLast = tries >= triesMax;
  const again = dueAgain(row, now);
  await tx
    .update(supportCallbacks)
    .set(
      isLast
        ? { tries, closedAt: now, outcome: "missed" }
        : { tries, takenBy: null, takenAt: null, ...again },
    )
    .where(eq(supportCallbacks.id, row.id));
  await recordAudit(tx, { event: "CALLBACK_UNANSWERED", actor, tokenId: row.id, metadata: { tries } });
  if (isLast)
    await textOfCallback(deps, tx, {
      template: "callback-missed",
      customerId: row.customerId,
      uselessAt: new Date(now.getTime() + newsMs),
      actor,
    });
}

async function putBack(tx: Tx, { actor, row }: { actor: Colleague; row: Row }): Promise<void> {
  await tx
    .update(supportCallbacks)
    .set({ takenBy: null, takenAt: null })
    .where(eq(supportCallbacks.id, row.id));
  await recordAudit(tx, { event: "CALLBACK_PUT_BACK", actor, tokenId: row.id });
}
