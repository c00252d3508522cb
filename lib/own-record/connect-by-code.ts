import { randomInt, randomUUID } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { customers, recordCodes } from "@/db/schema";
import type { AccountLimited } from "@/lib/accounts/account-limits";
import { atEvenPace } from "@/lib/accounts/even-pace";
import { recordAudit } from "@/lib/audit/record";
import { recordRefusal } from "@/lib/audit/record-refusal";
import type { Origin } from "@/lib/kernel/actor";
import { err, ok, type Result } from "@/lib/kernel/result";
import { enqueueOwn } from "@/lib/notifications/enqueue";
import { type ConnectRefusal, type CustomerRow, connect, isTaken, lockRecord } from "./connect";
import { door, type OwnDeps, type Owner } from "./deps";

type Deps = Pick<OwnDeps, "db" | "clock" | "keyring" | "accountLimits" | "paceMs">;
type Asking = { owner: Owner; origin: Origin };

const codeMinutes = 10;
const triesMax = 5;

/**
 * Has a code texted to the number on file of the one record that has this address and no account yet. The answer, and its time, are the same where
 * there is none, where there are two, and where its number is missing: nobody learns from it who is a patient here.
 *
 * @param email the account's, confirmed; null: it is not, and fits no record.
 */
export async function askOwnCode(
  deps: Deps,
  { owner, origin, email }: Asking & { email: string | null },
): Promise<Result<void, AccountLimited>> {
  return atEvenPace(deps, async () => {
    const limited = await deps.accountLimits.mail(origin, keyOf(owner));
    if (limited) return err(limited);
    if (!email || owner.patient.role !== "customer") return ok(undefined);
    await deps.db.asActor(door, async (tx) => {
      const record = await onlyRecordOf(tx, email);
      if (record?.phone && !record.sub) await textCode(deps, tx, { record, phone: record.phone, owner });
    });
    return ok(undefined);
  });
}

/** The record, if there is exactly one with this address. */
async function onlyRecordOf(tx: Tx, email: string): Promise<CustomerRow | null> {
  const rows = await tx
    .select()
    .from(customers)
    .where(eq(customers.emailKey, email.trim().toLowerCase()))
    .limit(2);
  return rows.length === 1 ? rows[0]! : null;
}

async function textCode(
  deps: Deps,
  tx: Tx,
  { record, phone, owner }: { record: CustomerRow; phone: string; owner: Owner },
): Promise<void> {
  const now = deps.clock.now();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const id = randomUUID();
  const row = {
    id,
    customerId: record.id,
    codeHash: deps.keyring.hash("record-code", `${id} ${code}`),
    tries: 0,
    createdAt: now,
    expiresAt: new Date(now.getTime() + codeMinutes * 60_000),
  };
  await tx
    .insert(recordCodes)
    .values({ sub: owner.sub, ...row })
    .onConflictDoUpdate({ target: recordCodes.sub, set: row });
  await enqueueOwn(deps, tx, {
    template: "own-code",
    to: phone,
    locale: record.locale,
    code,
    uselessAt: row.expiresAt,
    actor: owner.patient,
  });
  await recordAudit(tx, {
    event: "RECORD_CODE_SENT",
    actor: owner.patient,
    metadata: { customerId: record.id },
  });
}

/** Connects the record whose number the code went to. One refusal for a wrong, old or used code, and where none was sent. */
export async function connectByCode(
  deps: Deps,
  { owner, origin, code }: Asking & { code: string },
): Promise<Result<void, { code: "CODE_REFUSED" } | ConnectRefusal | AccountLimited>> {
  return atEvenPace(deps, async () => {
    const limited = await deps.accountLimits.checkCode(origin, keyOf(owner));
    if (limited) return err(limited);
    const done = await tryCode(deps, owner, code.trim());
    const right = done.ok || done.error.code !== "CODE_REFUSED";
    await deps.accountLimits.codeTried(origin, keyOf(owner), right);
    if (!done.ok)
      await recordRefusal(deps, {
        event: "RECORD_CODE_REFUSED",
        actor: owner.patient,
        errorCode: done.error.code,
      });
    return done;
  });
}

async function tryCode(
  deps: Deps,
  owner: Owner,
  code: string,
): Promise<Result<void, { code: "CODE_REFUSED" } | ConnectRefusal>> {
  // Counted in a transaction of its own: whatever becomes of the try, it was one.
  const [row] = await deps.db.asActor(door, (tx) =>
    tx
      .update(recordCodes)
      .set({ tries: sql`${recordCodes.tries} + 1` })
      .where(
        and(
          eq(recordCodes.sub, owner.sub),
          lt(recordCodes.tries, triesMax),
          gt(recordCodes.expiresAt, deps.clock.now()),
        ),
      )
      .returning(),
  );
  if (!row || !deps.keyring.matches("record-code", `${row.id} ${code}`, row.codeHash))
    return err({ code: "CODE_REFUSED" });
  try {
    return await deps.db.asActor(door, async (tx) => {
      const record = await lockRecord(tx, row.customerId);
      const spent = await tx
        .delete(recordCodes)
        .where(and(eq(recordCodes.sub, owner.sub), eq(recordCodes.id, row.id)))
        .returning({ id: recordCodes.id });
      if (!record || spent.length === 0) return err({ code: "CODE_REFUSED" } as const);
      return connect(tx, { record, owner, by: "code" });
    });
  } catch (fault) {
    if (isTaken(fault)) return err({ code: "ACCOUNT_CONNECTED" });
    throw fault;
  }
}

const keyOf = ({ sub }: Owner) => `own record ${sub}`;
