import { randomUUID } from "node:crypto";
import { eq, type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueOne, type VoucherTestDeps, voucherDeps } from "@/lib/vouchers/testing";
import { type Db, openDb } from "./as-actor";
import { customers, staff, videoVisits, visitSeats, vouchers } from "./schema";
import { holderOf, makeVisit, person, system } from "./testing/people";
import { freshDatabase } from "./testing/test-database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
let deps: VoucherTestDeps;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 4 });
  deps = await voucherDeps(db);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** SQLSTATE of what `statement` is refused with, run with every row-level right there is. */
async function refusal(statement: SQL | string): Promise<string | null> {
  const text = typeof statement === "string" ? sql.raw(statement) : statement;
  return db
    .asActor(system, (tx) => tx.execute(text))
    .then(
      () => null,
      (error: { cause?: { code?: string } }) => error.cause?.code ?? String(error),
    );
}
const denied = "42501";

describe("even with SQL injected, the application cannot", () => {
  test.each([
    ["change what was recorded", "UPDATE audit_log SET event_type = 'X'"],
    ["remove what was recorded", "DELETE FROM audit_log"],
    ["empty the record", "TRUNCATE audit_log"],
    ["reach round by a partition", "TRUNCATE audit_log_default"],
    ["write a record of its own making", "INSERT INTO audit_log SELECT * FROM audit_log"],
    ["move a chain's head", "UPDATE audit_heads SET seq = 0"],
    ["drop the record", "DROP TABLE audit_log"],
    ["disable a trigger", "ALTER TABLE audit_log DISABLE TRIGGER ALL"],
    ["switch row security off", "ALTER TABLE customers NO FORCE ROW LEVEL SECURITY"],
    ["become the owner", "SET ROLE vouchsafe_owner"],
    [
      "make a spent voucher new",
      "UPDATE vouchers SET usage_count = 0, redeemed_at = NULL, holder_hash = NULL",
    ],
    ["take a voucher over", "UPDATE vouchers SET holder_hash = code_hash"],
    ["prolong a voucher", "UPDATE vouchers SET expires_at = expires_at + interval '1 year'"],
    ["delete a voucher", "DELETE FROM vouchers"],
    ["delete a person", "DELETE FROM customers"],
    ["delete a visit", "DELETE FROM video_visits"],
    ["replace a sealed key", "UPDATE keyring SET sealed = ''"],
    ["create a table", "CREATE TABLE mine (a int)"],
    [
      "replace a function",
      "CREATE OR REPLACE FUNCTION rls_link_visit() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
    ],
    ["see the migrations", "SELECT * FROM migrations"],
    ["guard a partition anew", "SELECT audit_guard_partition('audit_log_default')"],
  ])("%s", async (_, statement) => {
    expect(await refusal(statement)).toBe(denied);
  });

  test("take a revocation back", async () => {
    const { tokenId } = await issueOne(deps);
    expect(await refusal(sql`UPDATE vouchers SET revoked_at = now() WHERE id = ${tokenId}`)).toBeNull();
    expect(await refusal(sql`UPDATE vouchers SET revoked_at = NULL WHERE id = ${tokenId}`)).toBe("23000");
  });
});

test("every table with rows of persons has row security forced, and the application owns nothing", async () => {
  const rows = await db.asActor(system, (tx) =>
    tx.execute<{ name: string; forced: boolean; owner: string }>(
      sql`SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced, pg_get_userbyid(relowner) AS owner
          FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`,
    ),
  );
  expect(rows.length).toBeGreaterThan(15);
  expect(
    rows
      .filter((row) => !row.forced)
      .map((row) => row.name)
      .sort(),
  ).toEqual(["migrations", "rate_limits"]);
  expect(new Set(rows.map((row) => row.owner))).toEqual(new Set(["vouchsafe_owner"]));
});

test("no function but the ones meant for it can be called by the application, and each that runs as the owner pins its search path", async () => {
  const rows = await db.asActor(system, (tx) =>
    tx.execute<{ name: string; definer: boolean; trigger: boolean; path: string | null; callable: boolean }>(
      sql`SELECT p.proname AS name, p.prosecdef AS definer, p.prorettype = 'trigger'::regtype AS trigger, has_function_privilege('vouchsafe_app', p.oid, 'EXECUTE') AS callable,
            (SELECT option FROM unnest(p.proconfig) AS option WHERE option LIKE 'search_path=%') AS path
          FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proowner = 'vouchsafe_owner'::regrole
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`,
    ),
  );
  const definers = rows.filter((row) => row.definer);
  for (const row of definers) expect(row.path, row.name).toBe("search_path=pg_catalog, pg_temp");
  expect(
    rows
      .filter((row) => row.callable)
      .map((row) => row.name)
      .sort(),
  ).toEqual(
    // A trigger runs its function by itself.
    definers
      .filter((row) => !row.trigger)
      .map((row) => row.name)
      .sort(),
  );
});

describe("rows", () => {
  const visitsSeenBy = (actor: Parameters<Db["asActor"]>[0]) =>
    db.asActor(actor, async (tx) =>
      (await tx.select({ id: videoVisits.id }).from(videoVisits)).map((row) => row.id),
    );

  test("a patient sees their own visits and no other patient's", async () => {
    const mine = await makeVisit(db);
    await makeVisit(db, { clinicianId: mine.clinicianId, hours: 2 });
    expect(await visitsSeenBy(person(mine.patientId, "customer"))).toEqual([mine.visitId]);
  });

  test("a clinician sees their own visits, those visits' patients, and no one else's", async () => {
    const mine = await makeVisit(db);
    const other = await makeVisit(db);
    const jane = person(mine.clinicianId, "clinician");
    expect(await visitsSeenBy(jane)).toEqual([mine.visitId]);
    const patients = await db.asActor(jane, (tx) => tx.select({ id: customers.id }).from(customers));
    expect(patients).toEqual([{ id: mine.patientId }]);
    const changed = await db.asActor(jane, (tx) =>
      tx
        .update(videoVisits)
        .set({ endReason: "x" })
        .where(eq(videoVisits.id, other.visitId))
        .returning({ id: videoVisits.id }),
    );
    expect(changed).toEqual([]);
  });

  test("a scheduler and an admin see all; an auditor, an agent and nobody see no visit", async () => {
    const { visitId } = await makeVisit(db);
    for (const role of ["scheduler", "admin"] as const)
      expect(await visitsSeenBy(person(randomUUID(), role))).toContain(visitId);
    for (const role of ["auditor", "agent"] as const)
      expect(await visitsSeenBy(person(randomUUID(), role))).toEqual([]);
    expect(await visitsSeenBy({ kind: "anonymous", origin: { ip: "", userAgent: "" } })).toEqual([]);
  });

  test("a link sees its own visit, its clinician and its own voucher; not the other party's voucher, nor another visit", async () => {
    const mine = await makeVisit(db);
    await makeVisit(db);
    const voucher = await issueOne(deps, { visitId: mine.visitId, subject: mine.patientId });
    await issueOne(deps, { visitId: mine.visitId, subject: mine.clinicianId, party: "clinician" });
    const link = holderOf(voucher.tokenId, mine.visitId);
    expect(await visitsSeenBy(link)).toEqual([mine.visitId]);
    expect(await db.asActor(link, (tx) => tx.select({ id: vouchers.id }).from(vouchers))).toEqual([
      { id: voucher.tokenId },
    ]);
    expect(await db.asActor(link, (tx) => tx.select({ id: staff.id }).from(staff))).toEqual([
      { id: mine.clinicianId },
    ]);
  });

  test("a link can take a seat at its own visit and at no other", async () => {
    const mine = await makeVisit(db);
    const other = await makeVisit(db);
    const voucher = await issueOne(deps, { visitId: mine.visitId, subject: mine.patientId });
    const sit = (visitId: string) =>
      db.asActor(holderOf(voucher.tokenId, mine.visitId), (tx) =>
        tx
          .insert(visitSeats)
          .values({ voucherId: voucher.tokenId, visitId, party: "patient" })
          .onConflictDoNothing(),
      );
    await expect(sit(other.visitId)).rejects.toMatchObject({ cause: { code: denied } });
    await sit(mine.visitId);
  });

  test("an auditor reads the record; a clinician and a link do not", async () => {
    const mine = await makeVisit(db);
    const { tokenId } = await issueOne(deps, { visitId: mine.visitId });
    const countFor = (actor: Parameters<Db["asActor"]>[0]) =>
      db.asActor(actor, async (tx) =>
        Number((await tx.execute<{ n: string }>(sql`SELECT count(*) AS n FROM audit_log`))[0]?.n),
      );
    expect(await countFor(person(randomUUID(), "auditor"))).toBeGreaterThan(0);
    expect(await countFor(person(mine.clinicianId, "clinician"))).toBe(0);
    expect(await countFor(holderOf(tokenId, mine.visitId))).toBe(0);
  });
});

describe("double booking", () => {
  test("two visits of one clinician cannot overlap, however they race; end to start is fine", async () => {
    const { clinicianId, patientId } = await makeVisit(db);
    const book = (minutes: number) =>
      db.asActor(person(randomUUID(), "scheduler"), (tx) =>
        tx.insert(videoVisits).values({
          id: randomUUID(),
          patientId,
          clinicianId,
          scheduledAt: new Date(Date.UTC(2027, 0, 4, 15, minutes)),
          channel: "sms",
          route: "meeting",
          createdBy: "test",
        }),
      );
    const races = await Promise.allSettled([book(0), book(0), book(10), book(29)]);
    expect(races.filter((race) => race.status === "fulfilled")).toHaveLength(1);
    for (const race of races)
      if (race.status === "rejected") expect(["23P01", "40P01"]).toContain(race.reason.cause.code);
  });

  test("a cancelled visit gives its time back, and moving a visit moves what it blocks", async () => {
    const { visitId, clinicianId, patientId } = await makeVisit(db);
    const again = () => makeVisit(db, { clinicianId, patientId });
    await expect(again()).rejects.toMatchObject({
      cause: { code: "23P01", constraint_name: "video_visits_no_double_booking" },
    });
    await db.asActor(system, (tx) =>
      tx
        .update(videoVisits)
        .set({ scheduledAt: new Date("2027-03-01T00:00:00Z") })
        .where(eq(videoVisits.id, visitId)),
    );
    const second = await again();
    await db.asActor(system, (tx) =>
      tx.update(videoVisits).set({ cancelledAt: new Date() }).where(eq(videoVisits.id, second.visitId)),
    );
    await again();
  });
});

test("a page of the visit list comes from an index, not from reading every visit", async () => {
  const { clinicianId, patientId } = await makeVisit(db, { hours: 500 });
  await db.asActor(system, (tx) =>
    tx.execute(sql`INSERT INTO video_visits (id, patient_id, clinician_id, scheduled_at, channel, route, created_by)
      SELECT gen_random_uuid(), ${patientId}, ${clinicianId}, '2030-01-01'::timestamptz + n * interval '1 hour', 'sms', 'meeting', 'test'
      FROM generate_series(1, 20000) AS n`),
  );
  const owner = openDb(database.owner, { max: 1 });
  await owner.asActor(system, (tx) => tx.execute(sql`ANALYZE video_visits`));
  await owner.close();
  const plan = (actor: Parameters<Db["asActor"]>[0], where: SQL) =>
    db.asActor(actor, async (tx) => {
      const rows = await tx.execute<{ "QUERY PLAN": string }>(
        sql`EXPLAIN SELECT * FROM video_visits WHERE ${where} ORDER BY scheduled_at, id LIMIT 20`,
      );
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
  const future = sql`(scheduled_at, id) > ('2030-02-01', ${randomUUID()}::uuid)`;
  expect(await plan(person(randomUUID(), "scheduler"), future)).toMatch(
    /Index Scan using video_visits_by_time/,
  );
  expect(
    await plan(person(clinicianId, "clinician"), sql`clinician_id = ${clinicianId} AND ${future}`),
  ).toMatch(/Index Scan using video_visits_by_/);
  expect(await plan(person(patientId, "customer"), sql`patient_id = ${randomUUID()}`)).toMatch(
    /Index Scan using video_visits_by_patient/,
  );
});
