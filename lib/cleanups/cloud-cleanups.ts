import { randomUUID } from "node:crypto";
import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { cloudCleanups } from "@/db/schema";
import { sweeper } from "@/lib/kernel/actor";
import { backoffMs } from "@/lib/kernel/backoff";
import type { Clock } from "@/lib/kernel/clock";
import type { Result } from "@/lib/kernel/result";
import type { Log } from "@/lib/log";
import type { ContactCentre } from "@/lib/ports/contact-centre";
import type { CloudRefusal, Meetings } from "@/lib/ports/meetings";

export type Cleanup =
  | { kind: "meeting"; target: string }
  | { kind: "contact"; target: string }
  | { kind: "attendee"; target: string; attendeeId: string };
type Row = typeof cloudCleanups.$inferSelect;
export type CleanupDeps = {
  db: Db;
  clock: Clock;
  log: Log;
  meetings: Meetings;
  contactCentre: ContactCentre;
};

/** A worker that dies while it holds one lets go after this. */
const claimMs = 30_000;

/**
 * Notes down, in the caller's transaction, what must end in the cloud once it commits.
 *
 * @param of a visit's id, or the room.
 * @param afterSeconds the caller tries first; the worker looks at it only then, if the caller did not live to.
 * @returns ids for `finishCleanups`.
 */
export async function noteCleanups(
  tx: Tx,
  of: string | { roomId: string },
  cleanups: readonly Cleanup[],
  afterSeconds = 5,
): Promise<string[]> {
  if (cleanups.length === 0) return [];
  const nextAttemptAt = sql`now() + make_interval(secs => ${afterSeconds})`;
  const whose = typeof of === "string" ? { visitId: of } : of;
  const rows = cleanups.map((cleanup) => ({ id: randomUUID(), ...whose, ...cleanup, nextAttemptAt }));
  await tx.insert(cloudCleanups).values(rows);
  return rows.map(({ id }) => id);
}

/** Tries at once, so that nobody waits for the worker. What fails stays noted, and the worker goes on with it. */
export async function finishCleanups(deps: CleanupDeps, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await work(deps, await claim(deps, inArray(cloudCleanups.id, [...ids])));
}

/** For the worker: what is due. @returns how many it took. */
export async function cleanUpDue(deps: CleanupDeps): Promise<number> {
  const rows = await claim(deps, lte(cloudCleanups.nextAttemptAt, deps.clock.now()));
  await work(deps, rows);
  return rows.length;
}

async function claim(deps: CleanupDeps, which: ReturnType<typeof inArray>): Promise<Row[]> {
  return deps.db.asActor(sweeper, async (tx) => {
    const due = await tx
      .select({ id: cloudCleanups.id })
      .from(cloudCleanups)
      .where(and(isNull(cloudCleanups.doneAt), which))
      .orderBy(asc(cloudCleanups.nextAttemptAt))
      .limit(20)
      .for("update", { skipLocked: true });
    if (due.length === 0) return [];
    return tx
      .update(cloudCleanups)
      .set({
        attempts: sql`${cloudCleanups.attempts} + 1`,
        nextAttemptAt: new Date(deps.clock.now().getTime() + claimMs),
      })
      .where(
        inArray(
          cloudCleanups.id,
          due.map(({ id }) => id),
        ),
      )
      .returning();
  });
}

async function work(deps: CleanupDeps, rows: readonly Row[]): Promise<void> {
  await Promise.all(
    rows.map(async (row) => {
      const done = await endInCloud(deps, row);
      const now = deps.clock.now().getTime();
      // Never given up: an open meeting costs money and keeps a door open. At most ten minutes apart.
      const next = new Date(now + 1_000 + backoffMs(row.attempts, 1_000, 600_000));
      await deps.db.asActor(sweeper, (tx) =>
        tx
          .update(cloudCleanups)
          .set(done ? { doneAt: new Date(now) } : { nextAttemptAt: next })
          .where(eq(cloudCleanups.id, row.id)),
      );
    }),
  );
}

async function endInCloud(deps: CleanupDeps, row: Row): Promise<boolean> {
  const facts = {
    cleanup: row.id,
    visitId: row.visitId,
    roomId: row.roomId,
    kind: row.kind,
    attempts: row.attempts,
  };
  try {
    const ended: Result<void, CloudRefusal> =
      row.kind === "contact"
        ? await deps.contactCentre.stopContact(row.target)
        : row.kind === "meeting"
          ? await deps.meetings.end(row.target)
          : await deps.meetings.removeAttendee(row.target, row.attendeeId ?? "");
    if (!ended.ok)
      deps.log.warn({ ...facts, refusal: ended.error.code }, "the cloud will be asked again to end this");
    return ended.ok;
  } catch (error) {
    // One that the cloud will never understand must not keep the others waiting.
    deps.log.error({ ...facts, err: error }, "could not be ended in the cloud");
    return false;
  }
}
