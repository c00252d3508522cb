import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { frozenClock } from "@/lib/kernel/clock";
import { checkChain, readChainCheck } from "./check-chain";
import { recordAudit } from "./record";
import { tamper } from "./testing/tamper";

const actor = person(randomUUID(), "auditor");
let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let clock: ReturnType<typeof frozenClock>;
beforeEach(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 4 });
  clock = frozenClock("2026-11-22T12:00:00Z");
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

/** One visit's rows lie in one chain, each other visit's likely in another. */
async function record(count: number, visitId = "dddddddd-0000-4000-8000-000000000007") {
  for (let turn = 0; turn < count; turn++)
    await db.asActor(system, (tx) => recordAudit(tx, { event: "VISIT_VIEWED", actor: system, visitId }));
}
const status = () => readChainCheck({ db }, { actor });

test("before a pass has ended nothing is said to be verified", async () => {
  await record(3);
  expect(await status()).toEqual({ last: null, underWay: null });
});

test("a pass put down and taken up in slices reads each row once and finds the audit whole", async () => {
  for (let visit = 0; visit < 6; visit++) await record(4, randomUUID());
  let slices = 0;
  while ((await status()).last === null) {
    slices += 1;
    expect((await checkChain({ db, clock }, 1, 5)).findings).toEqual([]);
    await record(1, randomUUID()); // the log grows meanwhile
  }
  expect(slices).toBeGreaterThan(4);
  const { last, underWay } = await status();
  expect(last).toMatchObject({ findings: [], finishedAt: clock.now() });
  expect(last!.rows).toBeGreaterThanOrEqual(24);
  expect(underWay).toBeNull();
});

test("what is broken is named, in whichever slice it lies, and stays so until a pass ends well", async () => {
  await record(9);
  await record(9, "dddddddd-0000-4000-8000-0000000000f7");
  await tamper(
    database.owner,
    (log) => `UPDATE ${log} SET event_type = 'VISIT_ENDED' WHERE seq = 4 AND stream = 7`,
  );
  await tamper(database.owner, (log) => `DELETE FROM ${log} WHERE seq = 8 AND stream = 247`);
  while ((await status()).last === null) await checkChain({ db, clock }, 1, 3);
  expect((await status()).last!.findings).toMatchObject([
    { stream: 7, seq: 4, problem: "changed" },
    { stream: 247, seq: 8, problem: "removed" },
  ]);
});

test("a tail cut off between two slices is found", async () => {
  await record(9);
  await checkChain({ db, clock }, 1, 3);
  await tamper(database.owner, (log) => `DELETE FROM ${log} WHERE seq > 5`);
  while ((await status()).last === null) await checkChain({ db, clock }, 1, 3);
  expect((await status()).last!.findings).toMatchObject([{ stream: 7, seq: 6, problem: "tail removed" }]);
});

test("after a pass the next one waits; two workers never read the same pass at once, and a dead one's is taken over", async () => {
  await record(9);
  expect((await checkChain({ db, clock })).rows).toBe(9);
  expect((await checkChain({ db, clock })).rows).toBe(0);
  clock.advance(16 * 60);
  const both = await Promise.all([checkChain({ db, clock }, 3, 3), checkChain({ db, clock }, 3, 3)]);
  // One after the other, or one alone: what was read counts once.
  const read = both[0].rows + both[1].rows;
  expect((await status()).underWay!.rows).toBe(read);
  // A worker claims it and dies.
  const claimed = new Date(clock.now().getTime() + 120_000).toISOString();
  await db.asActor(system, (tx) =>
    tx.execute(
      sql`UPDATE audit_checks SET claimed_until = ${claimed}::timestamptz WHERE finished_at IS NULL`,
    ),
  );
  expect((await checkChain({ db, clock })).rows).toBe(0);
  clock.advance(121);
  expect((await checkChain({ db, clock })).rows).toBe(9 - read);
});

test("nobody but the audit's readers learns of it", async () => {
  await record(1);
  await checkChain({ db, clock });
  const scheduler = person(randomUUID(), "scheduler");
  expect(await readChainCheck({ db }, { actor: scheduler })).toEqual({ last: null, underWay: null });
});
