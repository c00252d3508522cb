import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atCommit, type Db, openDb } from "./as-actor";
import { migrate } from "./migrate";
import * as schema from "./schema";
import { system } from "./testing/people";
import { freshDatabase } from "./testing/test-database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 4 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test("migrating again changes nothing, and two that migrate at once do not collide", async () => {
  expect(await Promise.all([migrate(database.owner), migrate(database.owner)])).toEqual([[], []]);
});

test("the schema that the code believes in is the one in the database, column for column", async () => {
  const rows = await db.asActor(system, (tx) =>
    tx.execute<{ table_name: string; column_name: string; type: string; is_nullable: string }>(
      sql`SELECT table_name, column_name, CASE data_type WHEN 'ARRAY' THEN 'text[]' ELSE data_type END AS type, is_nullable
          FROM information_schema.columns WHERE table_schema = 'public'`,
    ),
  );
  const real = new Map(rows.map((row) => [`${row.table_name}.${row.column_name}`, row]));
  for (const table of Object.values<PgTable>(schema)) {
    const { name, columns } = getTableConfig(table);
    for (const column of columns) {
      const found = real.get(`${name}.${column.name}`);
      expect(found?.type, `${name}.${column.name}`).toBe(column.getSQLType());
      // `during` is written by a trigger: the database demands it, the code never gives it.
      if (column.name !== "during")
        expect(found?.is_nullable, `${name}.${column.name}`).toBe(column.notNull ? "NO" : "YES");
    }
    expect(rows.filter((row) => row.table_name === name)).toHaveLength(columns.length);
  }
});

describe("a transaction", () => {
  test("is bound to its actor, and the next one on the same connection starts as nobody", async () => {
    const settings = sql`SELECT current_setting('rls.role', true) AS role, current_setting('rls.user_id', true) AS id`;
    const one = openDb(database.app, { max: 1 });
    const id = randomUUID();
    const who = {
      kind: "person",
      id,
      role: "clinician",
      name: "Jane",
      origin: { ip: "", userAgent: "" },
    } as const;
    expect([...(await one.asActor(who, (tx) => tx.execute(settings)))]).toEqual([{ role: "clinician", id }]);
    const nobody = { kind: "anonymous", origin: { ip: "", userAgent: "" } } as const;
    expect([...(await one.asActor(nobody, (tx) => tx.execute(settings)))]).toEqual([{ role: "", id: "" }]);
    await one.close();
  });

  test("that throws keeps nothing; work put off to its commit is then not done at all", async () => {
    let ran = false;
    const failing = db.asActor(system, async (tx) => {
      atCommit(tx, async () => {
        ran = true;
      });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(ran).toBe(false);
  });

  test("whose put-off work throws does not commit", async () => {
    const id = randomUUID();
    const failing = db.asActor(system, async (tx) => {
      await tx
        .insert(schema.apiKeys)
        .values({ id, name: "x", keyHash: Buffer.alloc(32), scopes: ["a", "b"] });
      atCommit(tx, () => Promise.reject(new Error("late")));
    });
    await expect(failing).rejects.toThrow("late");
    expect(await db.asActor(system, (tx) => tx.select().from(schema.apiKeys))).toEqual([]);
  });
});

test("a database whose commits could be lost in a crash is refused, so no spent link can come back", async () => {
  const weak = openDb(`${database.app}?synchronous_commit=off`, { max: 1 });
  await expect(weak.asActor(system, async () => 1)).rejects.toThrow("synchronous_commit=on");
  await expect(weak.call("voucher_find", [randomUUID(), []])).rejects.toThrow("synchronous_commit=on");
  await weak.close();
});

test("what is notified is heard", async () => {
  const heard = new Promise<string>((resolve) => {
    void db
      .listen("visit_changed", resolve)
      .then(() => db.asActor(system, (tx) => tx.execute(sql`SELECT pg_notify('visit_changed', 'x')`)));
  });
  expect(await heard).toBe("x");
});

test("the rate limiter's handle reaches its own table and no other", async () => {
  const { rateLimitStore: store } = db;
  const text =
    'INSERT INTO "rate_limits" VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET points = "rate_limits".points + $2 RETURNING points, expire';
  await store.query({ text, values: ["k", 1, Date.now() + 60_000] });
  expect((await store.query({ text, values: ["k", 1, Date.now() + 60_000] })).rows).toMatchObject([
    { points: 2 },
  ]);
  await expect(store.query({ text: "SELECT * FROM customers" })).rejects.toThrow("rate_limits only");
});
