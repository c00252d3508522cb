import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { frozenClock } from "@/lib/kernel/clock";
import { recordAudit } from "./record";
import { flushRefusals, recordRefusal } from "./record-refusal";
import { tamper as tamperWith } from "./testing/tamper";
import { verifyAudit } from "./verify";

/** Everything about one visit lies in one chain: the id's last byte. */
const visitId = "dddddddd-0000-4000-8000-000000000007";
const stream = 7;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 8 });
});
afterEach(async () => {
  await db.close();
  await database.drop();
});

async function record(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++)
    await db.asActor(system, (tx) =>
      recordAudit(tx, {
        event: "VISIT_VIEWED",
        actor: system,
        visitId,
        metadata: { turn, text: "żółć \u{1f600} \"'\\" },
      }),
    );
}

const tamper = (statement: (partition: string) => string) => tamperWith(database.owner, statement);

const findings = async (anchor?: Parameters<typeof verifyAudit>[1]) =>
  (await verifyAudit({ db }, anchor, 3)).findings;

test("an untouched audit is whole, in pages and while it grows", async () => {
  await record(8);
  const [verdict] = await Promise.all([verifyAudit({ db }, [], 3), record(8)]);
  expect(verdict.findings).toEqual([]);
  expect(await verifyAudit({ db }, [], 3)).toMatchObject({ rows: 16, findings: [] });
});

test("many at once, in one chain and in many, leave every chain whole", async () => {
  await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      db.asActor(system, async (tx) => {
        await recordAudit(tx, {
          event: "VISIT_VIEWED",
          actor: system,
          visitId: index % 2 ? visitId : randomUUID(),
        });
        await recordAudit(tx, { event: "PATIENTS_LISTED", actor: system });
        await recordAudit(tx, { event: "VISIT_VIEWED", actor: system, visitId: randomUUID() });
      }),
    ),
  );
  expect(await verifyAudit({ db })).toMatchObject({ rows: 180, findings: [] });
});

test("the record of a deed that rolled back does not exist", async () => {
  const failing = db.asActor(system, async (tx) => {
    await recordAudit(tx, { event: "VISIT_VIEWED", actor: system, visitId });
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await verifyAudit({ db })).toMatchObject({ rows: 0, findings: [] });
});

describe("is found, and named:", () => {
  beforeEach(() => record(6));

  test.each([
    ["the event", "event_type = 'VISIT_ENDED'"],
    ["the time, by a microsecond", "occurred_at = occurred_at + interval '1 microsecond'"],
    ["who", "actor_id = 'somebody else'"],
    ["a fact", `metadata = jsonb_set(metadata, '{turn}', '99')`],
    ["an absent value made empty", "user_agent = ''"],
    ["success", "success = false"],
    ["how long it is kept", "expires_at = now()"],
    ["its hash", "hash = sha256(hash)"],
  ])("an edit of %s", async (_, change) => {
    await tamper((log) => `UPDATE ${log} SET ${change} WHERE seq = 3`);
    expect(await findings()).toMatchObject([{ stream, seq: 3, problem: "changed" }]);
  });

  test("a removed row", async () => {
    await tamper((log) => `DELETE FROM ${log} WHERE seq = 3`);
    expect(await findings()).toEqual([{ stream, seq: 3, id: null, problem: "removed" }]);
  });

  test("a removed first row", async () => {
    await tamper((log) => `DELETE FROM ${log} WHERE seq = 1`);
    expect(await findings()).toEqual([{ stream, seq: 1, id: null, problem: "removed" }]);
  });

  test("a removed tail", async () => {
    await tamper((log) => `DELETE FROM ${log} WHERE seq >= 5`);
    expect(await findings()).toEqual([{ stream, seq: 5, id: null, problem: "tail removed" }]);
  });

  test("everything removed", async () => {
    await tamper((log) => `TRUNCATE ${log}`);
    expect(await findings()).toEqual([{ stream, seq: 1, id: null, problem: "tail removed" }]);
  });

  test("two rows that changed places", async () => {
    await tamper((log) => `UPDATE ${log} SET seq = 7 - seq WHERE seq IN (3, 4)`);
    expect(await findings()).toMatchObject([{ stream, seq: 3, problem: "changed" }]);
  });

  test("a row counted twice", async () => {
    await tamper(
      (log) =>
        `INSERT INTO ${log} SELECT (jsonb_populate_record(l, '{"id": "ffffffff-0000-4000-8000-000000000001"}')).* FROM ${log} l WHERE seq = 3`,
    );
    expect(await findings()).toMatchObject([{ stream, seq: 3 }]);
  });

  test("a head that was set back with its tail", async () => {
    const { anchor } = await verifyAudit({ db });
    await tamper((log) => `DELETE FROM ${log} WHERE seq >= 5`);
    await tamper(
      () =>
        `UPDATE audit_heads SET seq = 4, hash = (SELECT hash FROM audit_log WHERE seq = 4), prev_hash = (SELECT prev_hash FROM audit_log WHERE seq = 4) WHERE stream = ${stream}`,
    );
    expect(await findings()).toEqual([]); // nothing inside the database can tell …
    expect(await findings(anchor)).toEqual([{ stream, seq: 5, id: null, problem: "tail removed" }]); // … what an anchor kept outside can
  });

  test("a removed head", async () => {
    await tamper(() => `DELETE FROM audit_heads WHERE stream = ${stream}`);
    expect(await findings()).toMatchObject([{ stream, problem: "head removed" }]);
  });
});

test("a flood of refusals becomes a few rows and one count, so that guessing cannot bury the log", async () => {
  const clock = frozenClock("2026-11-21T12:00:00Z");
  const origin = { ip: "192.0.2.1", userAgent: "guesser" };
  const refuse = () =>
    recordRefusal(
      { db, clock },
      { event: "TOKEN_REFUSED", actor: { kind: "anonymous", origin }, errorCode: "CODE_UNKNOWN" },
    );
  for (let turn = 0; turn < 500; turn++) await refuse();
  expect((await verifyAudit({ db })).rows).toBe(20);
  clock.advance(11);
  await refuse();
  await flushRefusals({ db, clock });
  const rows = await db.asActor(system, (tx) =>
    tx.execute<{ success: boolean; refusals: string | null }>(
      sql`SELECT success, metadata ->> 'refusals' AS refusals FROM audit_log ORDER BY occurred_at`,
    ),
  );
  expect(rows).toHaveLength(22);
  expect(rows.every((row) => !row.success)).toBe(true);
  expect(rows.map((row) => row.refusals).filter(Boolean)).toEqual(["480"]);
});

test("the coming months have their partitions, each guarded like the rest", async () => {
  const [made] = await db.call<{ audit_prepare_partitions: number }>("audit_prepare_partitions", [6]);
  expect(made?.audit_prepare_partitions).toBe(3); // this month and three more came with the migration
  const rows = await db.asActor(system, (tx) =>
    tx.execute<{ name: string; forced: boolean; triggers: string; granted: boolean }>(
      sql`SELECT c.relname AS name, c.relforcerowsecurity AS forced, has_table_privilege('vouchsafe_app', c.oid, 'SELECT') AS granted,
            (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid) AS triggers
          FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'audit_log'::regclass`,
    ),
  );
  expect(rows).toHaveLength(8);
  for (const row of rows) expect(row).toMatchObject({ forced: true, granted: false, triggers: "1" });
});
