import { randomUUID } from "node:crypto";
import { and, count, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { foldedKey } from "@/db/folded-key";
import { customers, deskContacts, deskQuestions, videoVisits } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import { clerk } from "@/lib/kernel/actor";
import { callbackContact } from "@/lib/kernel/callback-contact";
import { type Answers, questionsIn, triesOfCall, weighs } from "@/lib/kernel/caller-proof";
import { parsePhone } from "@/lib/kernel/phone";
import { err, ok, type Result } from "@/lib/kernel/result";
import { contactHere } from "./call-contact";
import { lockTaken } from "./callbacks";
import type { Colleague, DeskDeps } from "./deps";

/** What a caller said, as the agent heard it. */
type Said = { firstName: string; lastName: string } & Answers;
/** `left`: how many more tries this call has. `several`: the answers fit more than one person, and one more answer may tell which. */
type Asked = { passed: boolean; left: number; several: boolean };
export type QuestionRefusal =
  | { code: "NOT_AT_DESK" }
  | { code: "QUESTIONS_TOO_FEW" }
  | { code: "QUESTIONS_CLOSED" };

/** Wrong answers in an hour, of one agent whoever calls, and for one name whoever asks. */
const wrongOfAgent = 20;
const wrongOfName = 6;
/** More who are called alike are not told apart by two answers. */
const namesakes = 50;

type Deps = Pick<DeskDeps, "db" | "clock" | "keyring">;
type Record = typeof customers.$inferSelect;

/**
 * Compares what a caller answers with our own book, for the agent whose desk the call is at. All answers must fit one record and no other; which did
 * not, nobody is told. Where they fit several (a household who are called alike) it is no wrong try. Passing opens the caller's page for this contact. The answers are kept nowhere; that they were asked, and what came of it, is
 * recorded with them.
 */
export async function askQuestions(
  deps: Deps,
  { actor, contactId: asked, said }: { actor: Colleague; contactId: string; said: Said },
): Promise<Result<Asked, QuestionRefusal>> {
  const answers = readAnswers(said);
  if (!weighs(answers)) return err({ code: "QUESTIONS_TOO_FEW" });
  return deps.db.asActor(clerk, async (tx): Promise<Result<Asked, QuestionRefusal>> => {
    const contactId = await contactHere(tx, { staffId: actor.id, contactId: asked });
    await oneByOne(tx, { actor, contactId });
    if (!(await isHere(tx, actor.id, contactId))) return err({ code: "NOT_AT_DESK" });
    return compare(deps, tx, { actor, contactId, name: said, answers, candidates: () => calledSo(tx, said) });
  });
}

/**
 * The same of whoever answered where we called back. Whom we meant to reach is known, so no name is asked, and the answers must fit that record; the
 * number that we called proves nothing, so it is no answer either.
 */
export async function askCalledBack(
  deps: Deps,
  { actor, callbackId, said }: { actor: Colleague; callbackId: string; said: Omit<Answers, "phone"> },
): Promise<Result<Asked, Exclude<QuestionRefusal, { code: "NOT_AT_DESK" }> | { code: "CALLBACK_GONE" }>> {
  const { phone: _, ...answers } = readAnswers(said);
  if (!weighs(answers)) return err({ code: "QUESTIONS_TOO_FEW" });
  const contactId = callbackContact(callbackId);
  return deps.db.asActor(clerk, async (tx) => {
    await oneByOne(tx, { actor, contactId });
    const row = await lockTaken(tx, { actor, callbackId });
    const whom = row ? await tx.select().from(customers).where(eq(customers.id, row.customerId)) : [];
    const [name] = whom;
    if (!name) return err({ code: "CALLBACK_GONE" });
    return compare(deps, tx, { actor, contactId, name, answers, candidates: async () => whom });
  });
}

/** One try after another, of an agent and of a contact: the limits hold for tries that come together, too. */
async function oneByOne(
  tx: Tx,
  { actor, contactId }: { actor: Colleague; contactId: string },
): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`desk questions ${actor.id}`}, 0)),
    pg_advisory_xact_lock(hashtextextended(${`desk questions ${contactId}`}, 0))`);
}

/** @param given.candidates the records that the answers may fit. */
async function compare(
  deps: Deps,
  tx: Tx,
  given: {
    actor: Colleague;
    contactId: string;
    name: { firstName: string; lastName: string };
    answers: Answers;
    candidates: () => Promise<Record[]>;
  },
): Promise<Result<Asked, { code: "QUESTIONS_CLOSED" }>> {
  const { actor, contactId, answers } = given;
  const now = deps.clock.now();
  const name = `${given.name.lastName.trim()}\n${given.name.firstName.trim()}`.toLowerCase();
  const before = await triesBefore(tx, deps, { actor, contactId, name, now });
  if (before.passed) return ok({ passed: true, left: 0, several: false });
  if (before.closed) return err({ code: "QUESTIONS_CLOSED" });

  const fitting: Record[] = [];
  for (const record of await given.candidates())
    if (await fits(tx, deps, record, answers, now)) fitting.push(record);
  const [person] = fitting;
  const asked = questionsIn(answers);
  const left = triesOfCall - before.wrong;
  if (fitting.length > 1) {
    await recordAudit(tx, {
      event: "CALLER_QUESTIONED",
      actor,
      metadata: { contact: contactId, asked },
      success: false,
      errorCode: "ANSWERS_FIT_SEVERAL",
    });
    return ok({ passed: false, left, several: true });
  }
  await tx.insert(deskQuestions).values({
    id: randomUUID(),
    contactId,
    staffId: actor.id,
    customerId: person?.id ?? null,
    nameHash: deps.keyring.hash("desk-name", name),
    asked,
    at: now,
  });
  await recordAudit(tx, {
    event: "CALLER_QUESTIONED",
    actor,
    metadata: { contact: contactId, asked, ...(person && { person: person.id }) },
    ...(person ? {} : { success: false, errorCode: "ANSWERS_WRONG" }),
  });
  return ok({ passed: person !== undefined, left: left - 1, several: false });
}

/** As they are compared; what cannot be read fits nobody. */
function readAnswers({ account, phone, email, visit, number }: Answers): Answers {
  const given = (text: string | undefined) => text?.trim() || undefined;
  return {
    account: given(account?.replace(/[\s-]/g, "")),
    phone: given(phone),
    email: given(email)?.toLowerCase(),
    visit: given(visit),
    number: given(number)?.toLowerCase(),
  };
}

async function isHere(tx: Tx, staffId: string, contactId: string): Promise<boolean> {
  const rows = await tx
    .select({ contactId: deskContacts.contactId })
    .from(deskContacts)
    .where(
      and(
        eq(deskContacts.contactId, contactId),
        eq(deskContacts.staffId, staffId),
        isNull(deskContacts.leftAt),
      ),
    );
  return rows.length > 0;
}

async function triesBefore(
  tx: Tx,
  { keyring }: Deps,
  { actor, contactId, name, now }: { actor: Colleague; contactId: string; name: string; now: Date },
): Promise<{ passed: boolean; wrong: number; closed: boolean }> {
  const ofCall = await tx
    .select({ customerId: deskQuestions.customerId })
    .from(deskQuestions)
    .where(eq(deskQuestions.contactId, contactId));
  const wrong = ofCall.filter(({ customerId }) => customerId === null).length;
  const lately = gt(deskQuestions.at, new Date(now.getTime() - 3_600_000));
  const missed = async (whose: ReturnType<typeof eq> | undefined) => {
    const [row] = await tx
      .select({ tries: count() })
      .from(deskQuestions)
      .where(and(whose, lately, isNull(deskQuestions.customerId)));
    return row?.tries ?? 0;
  };
  const ofName = keyring.hashes("desk-name", name).map((hash) => eq(deskQuestions.nameHash, hash));
  return {
    passed: ofCall.length > wrong,
    wrong,
    closed:
      wrong >= triesOfCall ||
      (await missed(eq(deskQuestions.staffId, actor.id))) >= wrongOfAgent ||
      (await missed(or(...ofName))) >= wrongOfName,
  };
}

function calledSo(tx: Tx, { firstName, lastName }: Said): Promise<Record[]> {
  return tx
    .select()
    .from(customers)
    .where(
      and(
        sql`${customers.lastKey} = ${foldedKey(lastName.trim())}`,
        sql`${customers.firstKey} = ${foldedKey(firstName.trim())}`,
      ),
    )
    .limit(namesakes);
}

async function fits(
  tx: Tx,
  { keyring }: Deps,
  record: Record,
  { account, phone, email, visit, number }: Answers,
  now: Date,
): Promise<boolean> {
  const { accountNumberHash, timeZone } = record;
  if (
    account !== undefined &&
    !(accountNumberHash && keyring.matches("account-number", account, accountNumberHash))
  )
    return false;
  if (phone !== undefined && (record.phone === null || parsePhone(phone) !== record.phone)) return false;
  if (number !== undefined && number !== record.externalId?.toLowerCase()) return false;
  if (email !== undefined && email !== record.email?.toLowerCase()) return false;
  return visit === undefined || visit === (await monthOfLastVisit(tx, record.id, timeZone, now));
}

/** `2026-10`, where the patient is; null: they have not been here. */
async function monthOfLastVisit(
  tx: Tx,
  patientId: string,
  timeZone: string,
  now: Date,
): Promise<string | null> {
  const [last] = await tx
    .select({ at: videoVisits.scheduledAt })
    .from(videoVisits)
    .where(
      and(
        eq(videoVisits.patientId, patientId),
        lte(videoVisits.scheduledAt, now),
        isNull(videoVisits.cancelledAt),
        isNull(videoVisits.noShowAt),
      ),
    )
    .orderBy(desc(videoVisits.scheduledAt))
    .limit(1);
  if (!last) return null;
  const parts = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", timeZone }).format(
    last.at,
  );
  return parts.slice(0, 7);
}
