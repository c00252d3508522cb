import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Db, openDb } from "@/db/as-actor";
import { system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import { SealBroken } from "@/lib/ports/cipher";
import { memoryCipher } from "@/lib/ports/testing/memory-cipher";
import { openKeyring } from "./open-keyring";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.app, { max: 8 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});
const cipher = memoryCipher();

test("processes that start together for the first time agree on one key", async () => {
  const rings = await Promise.all(Array.from({ length: 6 }, () => openKeyring({ db, cipher })));
  expect(new Set(rings.map((ring) => ring.currentKeyId)).size).toBe(1);
  expect(new Set(rings.map((ring) => ring.secret("next-auth").toString("hex"))).size).toBe(1);
});

test("the database alone gives no key away: another vault cannot open it", async () => {
  await expect(openKeyring({ db, cipher: memoryCipher() })).rejects.toThrow(SealBroken);
});

test("a key added later takes over, and what the old one hashed is still found", async () => {
  const before = await openKeyring({ db, cipher });
  const hash = before.hash("voucher-code", "a");
  const id = "eeeeeeee-0000-4000-8000-000000000001";
  const sealed = Buffer.from(await cipher.seal(Buffer.alloc(32, 7), { table: "keyring", id }));
  await db.asActor(system, (tx) =>
    tx.execute(sql`INSERT INTO keyring (id, purpose, sealed) VALUES (${id}, 'root', ${sealed})`),
  );
  const after = await openKeyring({ db, cipher });
  expect(after.currentKeyId).toBe(id);
  expect(after.matches("voucher-code", "a", hash)).toBe(true);
});
