import { and, asc, eq, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/as-actor";
import { accountDues, staff } from "@/db/schema";
import { backoffMs } from "@/lib/kernel/backoff";
import type { StaffDeps } from "./deps";

type Deps = Pick<StaffDeps, "db" | "clock" | "identity" | "log">;
const worker = { kind: "system", name: "worker" } as const;
/** A process that dies while it tells Cognito lets go after this. Longer than the calls that it makes, each bounded. */
const claimMs = 60_000;

/** Notes, in the transaction that changed a colleague's row, that Cognito must be told. */
export async function noteDue(tx: Tx, staffId: string, now: Date): Promise<void> {
  const first = { staffId, since: now, nextAttemptAt: now };
  const set = { version: sql`${accountDues.version} + 1`, attempts: 0, failure: null, nextAttemptAt: now };
  await tx.insert(accountDues).values(first).onConflictDoUpdate({ target: accountDues.staffId, set });
}

/** Tells Cognito at once, so that nobody waits for the worker. What fails stays noted, and the worker goes on with it. */
export async function settleNow(deps: Deps, staffId: string): Promise<void> {
  await settle(deps, staffId);
}

/** For the worker: the next that is due. @returns how many it took. */
export async function settleDue(deps: Deps): Promise<number> {
  return (await settle(deps, null)) ? 1 : 0;
}

async function settle(deps: Deps, staffId: string | null): Promise<boolean> {
  const due = await claim(deps, staffId);
  if (!due) return false;
  const failure = await tell(deps, due);
  const now = deps.clock.now();
  const own = eq(accountDues.staffId, due.staffId);
  const later = await deps.db.asActor(worker, async (tx) => {
    const [row] = await tx
      .select({ version: accountDues.version })
      .from(accountDues)
      .where(own)
      .for("update");
    if (row && row.version !== due.version) {
      await tx.update(accountDues).set({ claimedUntil: null, nextAttemptAt: now }).where(own);
      return true;
    }
    if (failure === null) await tx.delete(accountDues).where(own);
    else {
      // Never given up: at most ten minutes apart.
      const nextAttemptAt = new Date(now.getTime() + 1_000 + backoffMs(due.attempts, 1_000, 600_000));
      await tx.update(accountDues).set({ failure, claimedUntil: null, nextAttemptAt }).where(own);
    }
    return false;
  });
  // What came while we spoke found the row held, and waits for us.
  if (later) await settle(deps, due.staffId);
  return true;
}

type Due = { staffId: string; version: number; attempts: number };

async function claim({ db, clock }: Deps, staffId: string | null): Promise<Due | null> {
  const now = clock.now();
  return db.asActor(worker, async (tx) => {
    const [due] = await tx
      .select({ staffId: accountDues.staffId })
      .from(accountDues)
      .where(
        and(
          lte(accountDues.nextAttemptAt, now),
          or(isNull(accountDues.claimedUntil), lt(accountDues.claimedUntil, now)),
          staffId ? eq(accountDues.staffId, staffId) : undefined,
        ),
      )
      .orderBy(asc(accountDues.nextAttemptAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!due) return null;
    const [claimed] = await tx
      .update(accountDues)
      .set({
        attempts: sql`${accountDues.attempts} + 1`,
        claimedUntil: new Date(now.getTime() + claimMs),
      })
      .where(eq(accountDues.staffId, due.staffId))
      .returning();
    return claimed ?? null;
  });
}

/** Reads the row anew: what counts is how it is now, not what was asked first. @returns why not; null: Cognito agrees. */
async function tell({ db, identity, log }: Deps, { staffId, attempts }: Due): Promise<string | null> {
  const [row] = await db.asActor(worker, (tx) => tx.select().from(staff).where(eq(staff.id, staffId)));
  // Nobody who never had an account can sign in.
  if (!row?.sub) return null;
  try {
    const told = await identity.setStanding({
      email: row.email,
      enabled: row.suspendedAt === null,
      groups: [row.role],
    });
    if (told.ok) return null;
    log.warn({ staffId, attempts, refusal: told.error.code }, "Cognito will be told again of a colleague");
    return told.error.code;
  } catch (error) {
    log.error({ staffId, attempts, err: error }, "Cognito could not be told of a colleague");
    return "FAULT";
  }
}
