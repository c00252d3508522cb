import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Db, openDb, type Tx } from "@/db/as-actor";
import { makeVisit, person, system } from "@/db/testing/people";
import { freshDatabase } from "@/db/testing/test-database";
import type { Actor } from "@/lib/kernel/actor";
import { listPatients } from "./list-patients";

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
const desk = person(randomUUID(), "scheduler");
/** Until another session waits for a lock that this one holds. */
async function waitsForLock(tx: Tx): Promise<string> {
  for (;;) {
    const [row] = await tx.execute(
      sql`SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
    );
    if (row) return "waits";
  }
}
const asSystem = (statement: ReturnType<typeof sql>) => db.asActor(system, (tx) => tx.execute(statement));

describe("a patient", () => {
  const ids: Record<string, string> = {};
  const add = async (
    name: string,
    first: string,
    last: string,
    contact: { email?: string; phone?: string },
  ) => {
    ids[name] = randomUUID();
    await asSystem(sql`INSERT INTO customers (id, first_name, last_name, email, phone, state, time_zone)
      VALUES (${ids[name]}, ${first}, ${last}, ${contact.email ?? null}, ${contact.phone ?? null}, 'NY', 'America/New_York')`);
  };
  beforeAll(async () => {
    await add("lucia", "Lucía", "Fernández García", { email: "Lucia.F@example.com", phone: "+15550199887" });
    await add("luke", "Luke", "Ferris", { phone: "+15550111111" });
  });
  const found = async (q: string, actor: Actor = desk) =>
    (await listPatients({ db }, { actor, q })).patients.map(({ patientId }) => patientId);

  test.each([
    ["the beginning of a last name, without its marks", "fernandez", ["lucia"]],
    ["…with them, in capitals", "FERNÁNDEZ", ["lucia"]],
    ["two last names", "fernandez gar", ["lucia"]],
    ["first and last name", "lucia fern", ["lucia"]],
    ["last and first name, with the comma of lists", "Fernández García, Luc", ["lucia"]],
    ["what several begin with", "fer", ["lucia", "luke"]],
    ["the beginning of an email", "lucia.f@", ["lucia"]],
    ["the end of a phone number", "9887", ["lucia"]],
    ["a whole phone number as people write it", "(555) 019-9887", ["lucia"]],
    ["a wildcard is no name", "%", []],
    ["three digits are too few to mean anybody", "887", []],
    ["the middle of a name", "nandez", []],
  ])("is found by %s", async (_, q, names) => {
    expect(await found(q)).toEqual(names.map((name) => ids[name]));
  });

  test("is found by their own clinician, and by no other", async () => {
    const { clinicianId } = await makeVisit(db, { patientId: ids.luke });
    const { clinicianId: other } = await makeVisit(db);
    expect(await found("ferr", person(clinicianId, "clinician"))).toEqual([ids.luke]);
    expect(await found("ferr", person(other, "clinician"))).toEqual([]);
  });

  test("stands in their clinician's own list by the name, mail and number of today, also where the visit was given to another", async () => {
    await add("mira", "Mira", "Quayle", { email: "mira@example.com", phone: "+15550122222" });
    const { clinicianId, visitId } = await makeVisit(db, { patientId: ids.mira, hours: 50 });
    const { clinicianId: other } = await makeVisit(db);
    const [first, second] = [person(clinicianId, "clinician"), person(other, "clinician")];
    await asSystem(
      sql`UPDATE customers SET last_name = 'Quimby', email = 'mq@example.com', phone = '+15550133333' WHERE id = ${ids.mira}`,
    );
    for (const old of ["quayle", "mira@", "2222"]) expect(await found(old, first), old).toEqual([]);
    for (const today of ["quimby", "mira qui", "mq@", "3333"])
      expect(await found(today, first), today).toEqual([ids.mira]);
    await asSystem(sql`UPDATE video_visits SET clinician_id = ${other} WHERE id = ${visitId}`);
    expect(await found("quimby", first)).toEqual([]);
    expect(await found("quimby", second)).toEqual([ids.mira]);
  });

  test("is there by the new name when renamed at the very moment of the booking", async () => {
    await add("noor", "Noor", "Before", {});
    const { clinicianId } = await makeVisit(db);
    let book = () => {};
    const renamed = new Promise<void>((resolve) => {
      book = resolve;
    });
    let booked: Promise<unknown> = Promise.resolve();
    await db.asActor(system, async (tx) => {
      await tx.execute(sql`UPDATE customers SET last_name = 'After' WHERE id = ${ids.noor}`);
      booked = makeVisit(db, { patientId: ids.noor, clinicianId, hours: 3 });
      booked.then(book, book);
      // The booking waits for the new name; it can't be through before this commits.
      expect(await Promise.race([renamed.then(() => "through"), waitsForLock(tx)])).toBe("waits");
    });
    await booked;
    expect(await found("after", person(clinicianId, "clinician"))).toEqual([ids.noor]);
  });

  test("is listed page by page among their clinician's, and nobody else's are", async () => {
    const { clinicianId } = await makeVisit(db);
    for (let n = 0; n < 6; n++) await makeVisit(db, { clinicianId, hours: 2 + n });
    await makeVisit(db);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPatients({ db }, { actor: person(clinicianId, "clinician"), limit: 3, cursor });
      seen.push(...page.patients.map(({ patientId }) => patientId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  test("among too many is not promised: the answer says that more must be typed", async () => {
    await asSystem(sql`INSERT INTO customers (id, first_name, last_name, state, time_zone)
      SELECT gen_random_uuid(), 'Crowd', 'Zz' || n, 'NY', 'UTC' FROM generate_series(1, 201) AS n`);
    expect((await listPatients({ db }, { actor: desk, q: "crowd" })).tooMany).toBe(true);
    expect((await listPatients({ db }, { actor: desk, q: "crowd zz20" })).tooMany).toBe(false);
  });
});
